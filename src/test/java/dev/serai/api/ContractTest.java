package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Api;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Does the API answer as it is described? */
class ContractTest {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private Description description;

  @BeforeEach
  void ask() throws Exception {
    description = Description.of(hub);
  }

  /** Those that nobody has thought of here are asked for something that isn't there. */
  @Test
  void everyReadingOperationAnswersAsDescribed() throws Exception {
    try (TestHandler failing = failing()) {
      UUID event = failing.send();
      failing.awaitState(event, "dead");
      refuseOne();
      Map<String, String> known =
          Map.of("id", event.toString(), "event", event.toString(), "source", "stripe");
      for (Served one : Served.by(hub)) {
        if (one.method().equals("GET") && !one.path().endsWith("/stream")) { // which never ends
          description.check("GET", one.path(), api.get(filled(one.path(), known)));
          if (one.path().contains("{")) {
            description.check("GET", one.path(), api.get(filled(one.path(), Map.of())));
          }
        }
      }
    }
  }

  private static String filled(String path, Map<String, String> values) {
    return VARIABLE
        .matcher(path)
        .replaceAll(
            variable ->
                values.getOrDefault(variable.group(1), "01900000-0000-7000-8000-000000000000"));
  }

  private void refuseOne() throws Exception {
    api.post("/webhooks/stripe", "{}");
    await()
        .untilAsserted(
            () -> assertThat(api.get("/api/v1/refusals").json().path("refusals")).isNotEmpty());
  }

  @Test
  void changesAreAnsweredAsDescribed() throws Exception {
    try (TestHandler failing = failing()) {
      UUID event = failing.send();
      failing.awaitState(event, "dead");
      Map<String, String> known =
          Map.of(
              "id", event.toString(),
              "event", event.toString(),
              "subscription", failing.id(),
              "name", failing.id(),
              "source", "stripe",
              "type", "invoice.paid");

      change(
          "/api/v1/events",
          "{\"type\":\"%s\",\"data\":{\"a\":1}}".formatted(failing.type()),
          known);
      change("/api/v1/events", "{}", known);
      change("/api/v1/events", "", known);
      change("/api/v1/events/{id}/replay", "", known);
      change("/api/v1/events/{id}/replay", "", Map.of());
      failing.awaitState(event, "dead");
      change("/api/v1/dead-letters/{event}/{subscription}/retry", "", known);
      change("/api/v1/dead-letters/{event}/{subscription}/retry", "", Map.of());
      change("/api/v1/subscriptions/{name}/pause", "", known);
      change("/api/v1/subscriptions/{name}/resume", "", known);
      change("/api/v1/subscriptions/{name}/resume", "", Map.of());
      change("/api/v1/trigger/{source}/{type}", "", known);
      change("/api/v1/verify", "{\"source\":\"stripe\",\"body\":\"{}\"}", known);
      change("/webhooks/{source}", "{}", known);
      change("/webhooks/{source}", "{}", Map.of());
    }
  }

  private TestHandler failing() throws Exception {
    return TestHandler.of(hub)
        .with("retries", 0)
        .handle(
            exchange -> {
              throw new IllegalStateException("it failed");
            });
  }

  private void change(String path, String body, Map<String, String> known) throws Exception {
    description.check("POST", path, api.post(filled(path, known), body));
  }
}
