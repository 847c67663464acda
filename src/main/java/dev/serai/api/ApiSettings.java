package dev.serai.api;

import dev.serai.limit.SharedRates;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may use the API, and how much of it.
 *
 * @param keys keys that open the API, the detailed health and the metrics, separated by commas:
 *     {@code name:role:key} with the role {@code viewer}, {@code operator} or {@code admin}, or a
 *     key alone, which is an admin's. A key has 16 characters or more. If none is set one is
 *     generated into the file {@code api-key} under the data directory
 * @param rate most requests a second with one key, on all hubs together; 0 for any number. While
 *     Redis is away each hub counts alone
 * @param burst how many requests a key that was idle may make at once: no more than these within
 *     the time in which {@code rate} makes them up; at most 100000
 * @param failures most wrong keys a minute from one address; beyond it the address gets 429, but
 *     for keys that it has used before. 0 for any number
 * @param corsOrigins web pages that may call the API, by their origins, separated by commas: {@code
 *     https://console.example.com}; none, if not set
 * @param sensitiveSources sources whose bodies viewers don't see, separated by commas
 */
@Validated
@ConfigurationProperties("serai.api")
record ApiSettings(
    @DefaultValue("") @NotNull String keys,
    @DefaultValue("500") @PositiveOrZero int rate,
    @DefaultValue("1000") @PositiveOrZero int burst,
    @DefaultValue("30") @PositiveOrZero int failures,
    @DefaultValue List<String> corsOrigins,
    @DefaultValue List<String> sensitiveSources) {

  ApiSettings {
    for (String origin : corsOrigins) {
      if (!isOrigin(origin)) {
        throw new IllegalArgumentException(
            "serai.api.cors-origins (SERAI_API_CORS_ORIGINS) has '%s', which is no origin such as"
                    .formatted(origin)
                + " https://console.example.com");
      }
    }
    if (rate > 0 && burst < 1) {
      throw new IllegalArgumentException(
          "serai.api.burst (SERAI_API_BURST) is %s; with a rate it must be at least 1"
              .formatted(burst));
    }
    if (rate > 0 && !SharedRates.isShareable(burst)) {
      throw new IllegalArgumentException(
          "serai.api.burst (SERAI_API_BURST) is %s; it must be at most 100000".formatted(burst));
    }
  }

  private static boolean isOrigin(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && text.equals(uri.getScheme() + "://" + uri.getAuthority())
          && uri.getUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The keys are secrets. */
  @Override
  public String toString() {
    return "ApiSettings[rate=%s, burst=%s]".formatted(rate, burst);
  }
}
