package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said to each recorded request of Stripe's, at its time and under its secrets? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(DoorHub.TURN)
class StripeVectorsTest {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Stream<StripeVector> vectors() throws IOException {
    return StripeVector.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void verifySaysWhatIsKnown(StripeVector vector) throws Exception {
    Api.Answer answer = Api.of(TestHub.shared()).post("/api/v1/verify", vector.json().toString());

    assertThat(answer.status()).isEqualTo(200);
    JsonNode verdict = answer.json();
    assertThat(verdict.path("verdict").asText())
        .as("%s: %s", vector.json().path("why").asText(), verdict)
        .isEqualTo(vector.expected());
    assertThat(verdict.path("cause").asText().equals("envelope")).isEqualTo(vector.isEnvelope());
  }

  /** All of them can be sent: the door's clock is set to the vector's time. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void theDoorAnswersWhatIsKnown(StripeVector vector) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(DoorHub.url(vector.secrets())))
            .POST(HttpRequest.BodyPublishers.ofByteArray(vector.body()));
    vector.headers().forEach((name, lines) -> lines.forEach(line -> request.header(name, line)));
    try (var then = DoorHub.at(vector.now())) {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());

      int expected = vector.expected().equals("accept") ? 200 : vector.isEnvelope() ? 400 : 401;
      assertThat(response.statusCode()).as(response.body()).isEqualTo(expected);
    }
  }
}
