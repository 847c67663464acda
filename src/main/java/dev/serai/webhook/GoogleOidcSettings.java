package dev.serai.webhook;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Sources whose requests carry identity tokens of Google; see webhooks.md.
 *
 * @param keys where Google's public keys are, as JWKS: https, unless it is on this machine
 * @param unknownKey how long at least between two questions for the keys because a token names one
 *     that is not known, 1s to 10m
 */
@Validated
@ConfigurationProperties("serai.webhooks.google-oidc")
record GoogleOidcSettings(
    @DefaultValue("https://www.googleapis.com/oauth2/v3/certs") @NotNull URI keys,
    @DefaultValue("10s") @NotNull Duration unknownKey) {

  GoogleOidcSettings {
    boolean loopback =
        keys.getHost() != null && keys.getHost().matches("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    if (keys.getHost() == null
        || !"https".equals(keys.getScheme()) && !("http".equals(keys.getScheme()) && loopback)) {
      throw new IllegalArgumentException(
          "serai.webhooks.google-oidc.keys is '%s'; it must be an address with https://"
              .formatted(keys));
    }
    if (unknownKey.toSeconds() < 1 || unknownKey.toMinutes() > 10) {
      throw new IllegalArgumentException(
          "serai.webhooks.google-oidc.unknown-key is %s; it must be 1s to 10m"
              .formatted(unknownKey));
    }
  }
}
