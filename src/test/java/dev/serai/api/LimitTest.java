package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What happens to whoever asks too much, or guesses? */
class LimitTest {

  @Test
  void aKeyThatAsksTooMuchIsToldToWaitAndNoOtherIs() throws Exception {
    Api greedy = GuardedHub.as(1);
    Api.Answer first = greedy.get("/api/v1/sources");
    Api.Answer answer = first;
    int allowed = 0;
    while (answer.status() == 200) {
      allowed++;
      answer = greedy.get("/api/v1/sources");
    }

    assertThat(first.header("RateLimit-Limit")).isEqualTo(Integer.toString(GuardedHub.BURST));
    assertThat(first.header("RateLimit-Remaining"))
        .isEqualTo(Integer.toString(GuardedHub.BURST - 1));
    assertThat(first.header("RateLimit-Reset")).isEqualTo(Integer.toString(GuardedHub.BURST));
    assertThat(allowed).isEqualTo(GuardedHub.BURST);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, GuardedHub.BURST);
    assertThat(answer.header("RateLimit-Remaining")).isEqualTo("0");
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("cause").asText()).isEqualTo("rate");
    assertThat(answer.json().path("detail").asText()).contains("'first'", "serai.api.rate");
    assertThat(GuardedHub.as(2).get("/api/v1/sources").status()).isEqualTo(200);
  }

  @Test
  void anAddressThatGuessesIsToldToWaitButNotForAKeyItHadUsed() throws Exception {
    String guesser = "127.0.0.9";
    assertThat(ask(guesser, GuardedHub.key(2)).statusCode()).isEqualTo(200);
    for (int i = 0; i < GuardedHub.FAILURES; i++) {
      assertThat(ask(guesser, "a guess, the next one").statusCode()).isEqualTo(401);
    }
    HttpResponse<String> refused = ask(guesser, "a guess too many");

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("Retry-After")).contains("12");
    assertThat(refused.body()).contains("\"cause\":\"failures\"", guesser);
    // A right guess tells nothing.
    assertThat(ask(guesser, GuardedHub.key(4)).statusCode()).isEqualTo(429);
    assertThat(ask(guesser, GuardedHub.key(2)).statusCode()).isEqualTo(200);
    assertThat(ask("127.0.0.10", GuardedHub.key(4)).statusCode()).isEqualTo(200);
    assertThat(ask("127.0.0.10", "a guess of another").statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> ask(String from, String key) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .localAddress(InetAddress.getByName(from))
            .build()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(GuardedHub.shared().url() + "/api/v1/sources"))
              .header("Authorization", "Bearer " + key)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
