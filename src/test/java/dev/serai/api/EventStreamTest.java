package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does the stream of accepted events send? */
class EventStreamTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private final String mark = UUID.randomUUID().toString();

  /** An open stream, read line by line. */
  private final class Stream implements AutoCloseable {
    private final HttpURLConnection connection;
    private final BufferedReader lines;

    private Stream(String query, String lastEventId) throws IOException {
      connection =
          (HttpURLConnection)
              URI.create(hub.url() + "/api/v1/events/stream?" + query).toURL().openConnection();
      connection.setReadTimeout(10_000);
      connection.setRequestProperty("Authorization", "Bearer " + TestHub.API_KEY);
      if (!lastEventId.isEmpty()) {
        connection.setRequestProperty("Last-Event-ID", lastEventId);
      }
      lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    private String next(String beginning) throws IOException {
      String line = lines.readLine();
      while (!line.startsWith(beginning)) {
        line = lines.readLine();
      }
      return line.substring(beginning.length());
    }

    private JsonNode data() throws IOException {
      return new ObjectMapper().readTree(next("data: "));
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }

  private String append(String type) throws Exception {
    return api.post("/api/v1/events", "{\"type\":\"%s\",\"source\":\"s-%s\"}".formatted(type, mark))
        .json()
        .path("id")
        .asText();
  }

  @Test
  void aWebhookComesWithItsBytes() throws Exception {
    String body = StripeSender.event("evt_" + mark, "stream.bytes", "{\"id\":\"ü\",  \"a\":1}");
    try (Stream stream = new Stream("source=stripe&type=stripe.stream.*", "")) {
      stream.next(": open");
      assertThat(StripeSender.to(hub).post(body).statusCode()).isEqualTo(200);
      JsonNode event = stream.data();
      assertThat(event.path("key").asText()).isEqualTo("evt_" + mark);
      assertThat(event.path("type").asText()).isEqualTo("stripe.stream.bytes");
      assertThat(
              new String(
                  Base64.getDecoder().decode(event.path("body_b64").asText()),
                  StandardCharsets.UTF_8))
          .isEqualTo(body);
    }
  }

  @Test
  void aStreamGoesOnBehindTheEventThatWasSeenLast() throws Exception {
    String from;
    String first;
    try (Stream stream = new Stream("source=s-" + mark, "")) {
      stream.next(": open");
      first = append("stream.first");
      String id = "";
      String line = stream.lines.readLine();
      while (!line.startsWith("data: ")) {
        id = line.startsWith("id: ") ? line.substring(4) : id;
        line = stream.lines.readLine();
      }
      assertThat(line).contains(first);
      from = id;
    }
    String second = append("stream.second");
    try (Stream stream = new Stream("source=s-" + mark, from)) {
      assertThat(stream.data().path("id").asText()).isEqualTo(second);
    }
    try (Stream stream = new Stream("source=s-" + mark + "&from=" + first, "")) {
      assertThat(stream.data().path("id").asText()).isEqualTo(second);
    }
    try (Stream stream = new Stream("source=s-" + mark + "&from=2026-01-01T00:00:00Z", "")) {
      assertThat(stream.data().path("id").asText()).isEqualTo(first);
    }
  }

  @Test
  void aStreamWithoutEventsSaysThatTheHubLives() throws Exception {
    try (Stream stream = new Stream("source=s-" + mark, "")) {
      String begin = stream.next("id: ");
      api.post("/api/v1/events", "{\"type\":\"stream.of-others\"}");
      assertThat(stream.next(": alive")).isEmpty();
      assertThat(stream.next("id: ")).as("where to go on").isNotEqualTo(begin);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"from=yesterday", "type=a..b", "from=99999-01-01T00:00:00Z"})
  void aQuestionWithoutSenseIsRefused(String query) throws Exception {
    assertThat(api.get("/api/v1/events/stream?" + query).status()).isEqualTo(400);
  }

  @Test
  void anEventIsSignedAnewInDevelopment() throws Exception {
    String body = StripeSender.event("evt_" + mark, "stream.signed", "{\"id\":\"1\"}");
    String id =
        new ObjectMapper().readTree(StripeSender.to(hub).post(body).body()).path("id").asText();
    String header =
        api.post("/api/v1/events/" + id + "/signature", "")
            .json()
            .at("/headers/Stripe-Signature")
            .asText();
    var at =
        java.time.Instant.ofEpochSecond(Long.parseLong(header.replaceAll("t=(\\d+),.*", "$1")));
    assertThat(header).isEqualTo(StripeSender.to(hub).sign(body, at));
  }

  @Test
  void sourcesAreListed() throws Exception {
    JsonNode sources = api.get("/api/v1/sources").json().path("sources");
    int place = sources.findValuesAsText("name").indexOf("stripe");
    JsonNode stripe = sources.path(place);
    assertThat(stripe.path("path").asText()).isEqualTo("/webhooks/stripe");
    assertThat(stripe.path("open").asBoolean()).isTrue();
    assertThat(stripe.path("secrets").asInt()).isEqualTo(1);
  }
}
