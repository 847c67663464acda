package dev.serai.cloud;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * PhonePe's API, which says whether a webhook without a signature is true. The route that asks
 * reads rate and unknown-ids by their names; here they are checked at start.
 *
 * @param apiUrl where orders and refunds are asked about; of the sandbox {@code
 *     https://api-preprod.phonepe.com/apis/pg-sandbox}
 * @param identityUrl where tokens are fetched; of the sandbox the same as its api-url
 * @param clientId the client id of PhonePe's dashboard. Without it webhooks of the form SHA wait
 * @param clientSecret the client secret that belongs to it
 * @param clientVersion the client version that belongs to it
 * @param rate most calls a second of this hub that ask about orders and refunds
 * @param unknownIds how many ids an hour of which nothing is known may be asked about, over all
 *     hubs, beside those that PhonePe knows; what comes beyond waits
 * @param timeout how long one call may take, from the connection to the end of the answer
 */
@Validated
@ConfigurationProperties("serai.phonepe")
record PhonePeSettings(
    @DefaultValue("https://api.phonepe.com/apis/pg") @NotBlank String apiUrl,
    @DefaultValue("https://api.phonepe.com/apis/identity-manager") @NotBlank String identityUrl,
    @DefaultValue("") @NotNull String clientId,
    @DefaultValue("") @NotNull String clientSecret,
    @DefaultValue("1") @NotBlank String clientVersion,
    @DefaultValue("20") @Min(1) int rate,
    @DefaultValue("100") @Min(0) int unknownIds,
    @DefaultValue("10s") @NotNull Duration timeout) {

  PhonePeSettings {
    requireUrl("api-url", apiUrl);
    requireUrl("identity-url", identityUrl);
  }

  private static void requireUrl(String property, String url) {
    if (!url.matches("https?://[^/?#@]+(/[^?#]*[^/?#])?")) {
      throw new IllegalArgumentException(
          "serai.phonepe.%s is '%s'; it must be one such as https://api.phonepe.com/apis/pg"
              .formatted(property, url));
    }
  }

  /**
   * @throws MissingClientException naming what is not set
   */
  void requireClient() {
    if (clientId.isBlank() || clientSecret.isBlank()) {
      throw new MissingClientException(clientId.isBlank() ? "client-id" : "client-secret");
    }
  }

  /** The record's own would tell the secret. */
  @Override
  public String toString() {
    return "PhonePeSettings[%s, client %s]".formatted(apiUrl, clientId);
  }
}
