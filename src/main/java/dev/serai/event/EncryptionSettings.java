package dev.serai.event;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How bodies of sensitive events are kept.
 *
 * @param keys what they are encrypted with: {@code <id>:<base64 of 32 bytes>}, several separated by
 *     a vertical bar. The first encrypts, all decrypt. In development one is generated under the
 *     data directory; elsewhere a sensitive source does not start without
 */
@Validated
@ConfigurationProperties("serai.encryption")
record EncryptionSettings(@DefaultValue("") @NotNull String keys) {

  /** The keys are secrets. */
  @Override
  public String toString() {
    return "EncryptionSettings[]";
  }
}
