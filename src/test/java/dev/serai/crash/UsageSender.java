package dev.serai.crash;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sends records of usage as a careful service does: what was not acknowledged, again.
 *
 * @param number of the writer, the agent of its records
 */
record UsageSender(HubProcess hub, String workspace, int number) {

  /** Of each record; it has one token. */
  static final BigDecimal COST = new BigDecimal("0.000123");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What the hub said of a batch. */
  record Counted(long fresh, long known) {}

  /** Sends the records from one number to below another, until they are acknowledged. */
  Counted sendUntilAnswered(int from, int to, AtomicLong unanswered) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(hub.url() + "/api/v1/usage/batch"))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + TestHub.API_KEY)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(batch(from, to)))
            .build();
    while (true) {
      try {
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          JsonNode json = new ObjectMapper().readTree(answer.body());
          return new Counted(json.path("counted").asLong(), json.path("duplicates").asLong());
        }
        if (answer.statusCode() != 503 && answer.statusCode() != 429) {
          throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
      } catch (IOException killed) {
        unanswered.incrementAndGet();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      await().pollDelay(Duration.ofMillis(50)).until(() -> true);
    }
  }

  private String batch(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            n ->
                "{\"workspace\":\"%s\",\"tokens\":1,\"cost\":\"%s\",\"agent\":\"agent-%s\",\"key\":\"%s-%s\"}"
                    .formatted(workspace, COST, number, number, n))
        .collect(Collectors.joining(",", "{\"records\":[", "]}"));
  }
}
