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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said to each recorded request, at its time and under its secrets? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(DoorHub.TURN)
class VectorsTest {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Stream<Vector> vectors() throws IOException {
    return Vector.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void verifySaysWhatIsKnown(Vector vector) throws Exception {
    Api.Answer answer = Api.of(TestHub.shared()).post("/api/v1/verify", vector.json().toString());

    assertThat(answer.status()).isEqualTo(200);
    JsonNode verdict = answer.json();
    assertThat(verdict.path("verdict").asText())
        .as("%s: %s", vector.json().path("why").asText(), verdict)
        .isEqualTo(vector.expected());
    assertThat(verdict.path("cause").asText().equals("envelope")).isEqualTo(vector.isEnvelope());
  }

  /** The door's clock is set to the vector's time. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void theDoorAnswersWhatIsKnown(Vector vector) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(DoorHub.url(vector)))
            .POST(HttpRequest.BodyPublishers.ofByteArray(vector.body()));
    vector.headers().forEach((name, lines) -> lines.forEach(line -> request.header(name, line)));
    try (var then = DoorHub.at(vector.now())) {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).as(response.body()).isEqualTo(status(vector));
    }
  }

  private static int status(Vector vector) {
    int header =
        vector.headers().values().stream().flatMap(List::stream).mapToInt(String::length).sum();
    if (header > SignatureHeader.MAX_LENGTH) {
      return 400; // by the server, which reads no more than that
    }
    if (vector.body().length > DoorHub.MAX_BODY) {
      return 413; // this hub takes less than others
    }
    return vector.expected().equals("accept") ? 200 : vector.isEnvelope() ? 400 : 401;
  }
}
