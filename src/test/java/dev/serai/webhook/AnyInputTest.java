package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said to a sender that has the secret and sends anything? Never that the hub has failed:
 * each source gets rightly signed bodies which no provider would send.
 */
class AnyInputTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int RANDOM = 40;

  private static final List<String> BODIES =
      List.of(
          "",
          "{}",
          "[]",
          "null",
          "0",
          "\"text\"",
          "{\"id\":",
          "{\"id\":1}{\"id\":2}",
          "{\"id\":{},\"type\":[],\"object\":\"event\"}",
          "{\"id\":\"\\u0000\",\"type\":\"\\u0000\",\"object\":\"event\",\"event\":\"\\u0000\","
              + "\"payload\":{},\"code\":\"\\u0000\",\"metadata\":{\"name\":\"\\u0000\"}}",
          "{\"id\":\"\\ud800\",\"type\":\"\\ud800\",\"object\":\"event\",\"event\":\"\\ud800\","
              + "\"payload\":{},\"code\":\"\\ud800\"}",
          "{\"id\":1e999999999,\"type\":1,\"object\":\"event\",\"created\":-1}",
          "{\"id\":\"%s\",\"type\":\"a\",\"object\":\"event\"}".formatted("x".repeat(600)),
          "{\"event\":\"\",\"payload\":null}",
          "{\"event\":\"%s\",\"payload\":{\"orderId\":{}}}".formatted("é".repeat(300)),
          "{\"code\":true,\"data\":[]}",
          "{\"code\":\"A B\\tC\",\"data\":null}",
          "{\"type\":\"INSERT\",\"table\":\"t\",\"schema\":\"s\",\"record\":[],\"old_record\":1}",
          "{\"type\":\"UPDATE\",\"table\":\"a.b*c\",\"schema\":\""
              + " \",\"record\":{},\"old_record\":{}}",
          "{\"metadata\":{\"name\":\"mfa-verification\",\"uuid\":7},\"user_id\":[],\"valid\":\"x\"}",
          "{\"metadata\":{\"name\":\"before-user-created\"},\"user\":\"nobody\"}",
          "{\"metadata\":{\"name\":\"customize-access-token\"},\"claims\":5}",
          "[".repeat(2_000),
          "{\"a\":".repeat(600) + "1" + "}".repeat(600),
          "{\"response\":\"\"}");

  static Stream<String> sources() {
    return TestHub.shared().bean(Door.class).sources().stream()
        .map(Source::name)
        .filter(name -> name.matches("stripe|phonepe.*|supabase.*"));
  }

  @ParameterizedTest
  @MethodSource("sources")
  void noneOfItIsAnsweredWithAnErrorOfTheHub(String name) throws Exception {
    TestHub hub = TestHub.shared();
    Source source = hub.bean(Door.class).source(name).orElseThrow();
    Secret secret = source.secrets().getFirst();
    for (byte[] payload : payloads()) {
      byte[] body = source.scheme().wrap(payload);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(hub.url() + "/webhooks" + source.path()))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      source.scheme().sign(body, secret, Instant.now()).forEach(request::header);

      HttpResponse<String> answer =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode())
          .as("%s: %s", new String(payload, StandardCharsets.UTF_8), answer.body())
          .isIn(200, 400);
    }
  }

  private static List<byte[]> payloads() {
    List<byte[]> payloads = new ArrayList<>();
    BODIES.forEach(body -> payloads.add(body.getBytes(StandardCharsets.UTF_8)));
    Random random = new Random(7);
    for (int i = 0; i < RANDOM; i++) {
      byte[] bytes = BODIES.get(random.nextInt(BODIES.size())).getBytes(StandardCharsets.UTF_8);
      for (int j = 0; j < 3 && bytes.length > 0; j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      payloads.add(bytes);
    }
    return payloads;
  }
}
