package dev.serai.cloud.storage;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the hub signs the addresses of objects with.
 *
 * @param secrets of 32 characters or more, several separated by a vertical bar; the last signs, all
 *     are accepted, and each may end in {@code @} and the time at which it expires. If none is set
 *     one is generated into the file object-key under the data directory
 */
@Validated
@ConfigurationProperties("serai.objects")
record ObjectSettings(@DefaultValue("") @NotNull String secrets) {

  /** The record's own would tell them. */
  @Override
  public String toString() {
    return "ObjectSettings";
  }
}
