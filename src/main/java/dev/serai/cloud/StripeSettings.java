package dev.serai.cloud;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Stripe's API, which says which events there were. Without a key nothing is asked.
 *
 * @param apiUrl where Stripe's API is
 * @param apiKey a restricted key that may read events ({@code rk_...}), or a secret one. Without it
 *     Stripe's events are not reconciled
 * @param timeout how long the connection, and each wait for a part of the answer, may take
 */
@Validated
@ConfigurationProperties("serai.stripe")
record StripeSettings(
    @DefaultValue("https://api.stripe.com") @NotBlank String apiUrl,
    @DefaultValue("") @NotNull String apiKey,
    @DefaultValue("20s") @NotNull Duration timeout) {

  StripeSettings {
    if (!apiUrl.matches("https?://[^/?#@]+")) {
      throw new IllegalArgumentException(
          "serai.stripe.api-url is '%s'; it must be one such as https://api.stripe.com"
              .formatted(apiUrl));
    }
  }

  /** The record's own would tell the key. */
  @Override
  public String toString() {
    return "StripeSettings[%s]".formatted(apiUrl);
  }
}
