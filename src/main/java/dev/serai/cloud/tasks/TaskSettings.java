package dev.serai.cloud.tasks;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Tasks with serai.cloud=gcp; see tasks.md.
 *
 * @param location the region of the queues of Cloud Tasks, such as asia-south1
 * @param queuePrefix what the names of queues begin with at Cloud Tasks, which routes don't say,
 *     such as serai-
 * @param serviceAccount e-mail of the service account as which Cloud Tasks calls: requests then
 *     carry an identity token of it. No token, if empty
 * @param audience whom the token is for; the URL of the request, if empty
 * @param handOver how long before its time a task is given to Cloud Tasks, which takes none of more
 *     than 30 days; until then it is an event of the hub's own, 1s to 29d
 */
@Validated
@ConfigurationProperties("serai.tasks")
public record TaskSettings(
    @DefaultValue("") @NotNull String location,
    @DefaultValue("") @NotNull String queuePrefix,
    @DefaultValue("") @NotNull String serviceAccount,
    @DefaultValue("") @NotNull String audience,
    @DefaultValue("29d") @NotNull Duration handOver) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(29);

  public TaskSettings {
    require(
        location.matches("([a-z]+(-[a-z0-9]+)*)?"),
        "location",
        location,
        "be a region such as asia-south1");
    require(
        queuePrefix.matches("[A-Za-z0-9-]{0,50}"),
        "queue-prefix",
        queuePrefix,
        "have at most 50 letters, digits and -");
    require(
        serviceAccount.matches("([^@\\s]+@[^@\\s]+)?"),
        "service-account",
        serviceAccount,
        "be an e-mail such as tasks@acme-prod-1.iam.gserviceaccount.com");
    require(
        handOver.compareTo(SHORTEST) >= 0 && handOver.compareTo(LONGEST) <= 0,
        "hand-over",
        handOver.toString(),
        "be 1s to 29d");
  }

  private static void require(boolean condition, String name, String value, String must) {
    if (!condition) {
      throw new IllegalArgumentException(
          "serai.tasks.%s is '%s'; it must %s".formatted(name, value, must));
    }
  }
}
