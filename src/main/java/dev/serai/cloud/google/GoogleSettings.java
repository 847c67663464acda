package dev.serai.cloud.google;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Google Cloud, with serai.cloud=gcp; see google-cloud.md.
 *
 * @param project id of the project; if it is not set, that of the credentials or of the machine
 * @param credentials path of a file with the key of a service account; if it is not set, the
 *     Application Default Credentials: the file of GOOGLE_APPLICATION_CREDENTIALS, the login of
 *     gcloud, or the service account of the machine
 * @param storageEndpoint where Cloud Storage is, if not at Google's own address: an address such as
 *     http://localhost:4443. At one that begins with http:// credentials are only shown if they are
 *     configured here
 * @param bigqueryEndpoint where BigQuery is, if not at Google's own address
 * @param pubsubEndpoint where Pub/Sub is, if not at Google's own address, such as that of Google's
 *     emulator, http://localhost:8085
 * @param tasksEndpoint where Cloud Tasks is, if not at Google's own address
 * @param secretsEndpoint where Secret Manager is, if not at Google's own address
 * @param timeout how long one call may take with all its repetitions, but for streams of bytes and
 *     queries, which have their own
 * @param checkEvery how often each service is asked whether it can be used, 10s to 1h
 */
@Validated
@ConfigurationProperties("serai.google")
public record GoogleSettings(
    @DefaultValue("") @NotNull String project,
    @DefaultValue("") @NotNull String credentials,
    @DefaultValue("") @NotNull String storageEndpoint,
    @DefaultValue("") @NotNull String bigqueryEndpoint,
    @DefaultValue("") @NotNull String pubsubEndpoint,
    @DefaultValue("") @NotNull String tasksEndpoint,
    @DefaultValue("") @NotNull String secretsEndpoint,
    @DefaultValue("20s") @NotNull Duration timeout,
    @DefaultValue("1m") @NotNull Duration checkEvery) {

  private static final Duration SHORTEST_CHECK = Duration.ofSeconds(10);
  private static final Duration LONGEST_CHECK = Duration.ofHours(1);

  public GoogleSettings {
    if (!project.matches("([a-z][a-z0-9:.-]{4,98}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "serai.google.project is '%s'; it must be a project's id such as acme-prod-1"
              .formatted(project));
    }
    endpoint("storage", storageEndpoint);
    endpoint("bigquery", bigqueryEndpoint);
    endpoint("pubsub", pubsubEndpoint);
    endpoint("tasks", tasksEndpoint);
    endpoint("secrets", secretsEndpoint);
    if (timeout.compareTo(Duration.ofMillis(100)) < 0 || timeout.toMinutes() > 10) {
      throw new IllegalArgumentException(
          "serai.google.timeout is %s; it must be 100ms to 10m".formatted(timeout));
    }
    if (checkEvery.compareTo(SHORTEST_CHECK) < 0 || checkEvery.compareTo(LONGEST_CHECK) > 0) {
      throw new IllegalArgumentException(
          "serai.google.check-every is %s; it must be 10s to 1h".formatted(checkEvery));
    }
  }

  private static void endpoint(String service, String value) {
    if (value.isEmpty()) {
      return;
    }
    try {
      URI uri = URI.create(value);
      boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getQuery() == null && uri.getPath().length() < 2) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "serai.google.%s-endpoint is '%s'; it must be an address such as http://localhost:8085"
            .formatted(service, value));
  }
}
