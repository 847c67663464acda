package dev.serai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.StripeSender;
import dev.serai.TestLog;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What becomes of requests and events while their route is replaced? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("SwapTest") // its tests take turns
class SwapTest {

  @TempDir private static Path folder;
  private static EditedHub hub;

  @BeforeAll
  static void start() throws Exception {
    hub = EditedHub.start(folder, Map.of());
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Test
  void aProviderNeverSeesA404WhileItsRouteIsReplaced() throws Exception {
    String file = "webhooks/stripe.camel.yaml";
    hub.write(file, Texts.webhook("First"));
    StripeSender sender = StripeSender.to(hub.hub());
    await().untilAsserted(() -> assertThat(post(sender).body()).contains("accepted"));
    AtomicBoolean running = new AtomicBoolean(true);
    Queue<HttpResponse<String>> odd = new ConcurrentLinkedQueue<>();
    List<Thread> posting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      posting.add(Thread.ofVirtual().start(() -> postUntil(running, sender, odd)));
    }
    for (int i = 0; i < 5; i++) {
      String description = "Edit " + i;
      hub.write(file, Texts.webhook(description));
      await()
          .atMost(EditedHub.SOON)
          .until(
              () ->
                  hub.hub().bean(RouteFiles.class).routes().stream()
                      .anyMatch(route -> description.equals(route.description())));
    }
    running.set(false);
    for (Thread thread : posting) {
      thread.join();
    }

    assertThat(odd)
        .allSatisfy(
            answer -> {
              assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
              assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            });
    hub.delete(file);
  }

  private static HttpResponse<String> post(StripeSender sender) throws Exception {
    return sender.post(StripeSender.event("evt_" + UUID.randomUUID(), "edited", "{}"));
  }

  private static void postUntil(
      AtomicBoolean running, StripeSender sender, Queue<HttpResponse<String>> odd) {
    while (running.get()) {
      try {
        HttpResponse<String> answer = post(sender);
        if (answer.statusCode() != 200) {
          odd.add(answer);
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void aHandlerThatIsReplacedUnderLoadLosesNothing() throws Exception {
    String type = TestLog.newType();
    Queue<UUID> handled = new ConcurrentLinkedQueue<>();
    Processor code =
        exchange ->
            handled.add(
                UUID.fromString(
                    String.valueOf(exchange.getVariable("event", Map.class).get("id"))));
    hub.camel().getRegistry().bind("countIt", Processor.class, code);
    hub.write("handlers/counted.camel.yaml", counted(type, "First"));
    hub.awaitLoaded("handlers/counted.camel.yaml");
    List<UUID> sent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sent.addAll(TestLog.of(hub.hub()).append(type, 100));
      hub.write("handlers/counted.camel.yaml", counted(type, "Edit " + i));
      String description = "Edit " + i;
      await()
          .until(
              () ->
                  hub.hub().bean(RouteFiles.class).routes().stream()
                      .anyMatch(route -> description.equals(route.description())));
    }

    await().untilAsserted(() -> assertThat(handled).containsAll(sent));

    hub.delete("handlers/counted.camel.yaml");
  }

  private static String counted(String type, String description) {
    return """
    # Counts.
    - route:
        id: handler-counted
        description: %s
        group: handlers
        routeConfigurationId: handler-policy
        from:
          id: handler-counted-in
          description: Counted events
          uri: event
          parameters:
            types: %s
          steps:
            - process:
                id: handler-counted-count
                description: Count
                ref: countIt
    """
        .formatted(description, type);
  }

  @Test
  void noMessageOfATopicIsLostOrTakenTwiceWhileItsRouteOrKameletIsReplaced() throws Exception {
    String topic = "swap-" + UUID.randomUUID();
    Queue<String> taken = new ConcurrentLinkedQueue<>();
    Processor handler = exchange -> taken.add(exchange.getMessage().getBody(String.class));
    hub.camel().getRegistry().bind("taker", Processor.class, handler);
    String kamelet = Files.readString(Path.of("routes/kamelets/local/topic-source.kamelet.yaml"));
    hub.write("kamelets/topic-source.kamelet.yaml", kamelet);
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      if (i == 3) {
        hub.write("kamelets/topic-source.kamelet.yaml", kamelet.replace("was when", "was, when"));
      }
      String description = "Edit " + i;
      hub.write("handlers/taker.camel.yaml", Texts.taker(description, topic));
      await()
          .untilAsserted(
              () -> {
                assertThat(hub.problems()).isEmpty();
                assertThat(hub.hub().bean(RouteFiles.class).routes())
                    .extracting(LoadedRoute::description)
                    .contains(description);
              });
      if (i == 5) {
        hub.write("handlers/taker.camel.yaml", Texts.taker("Broken", "no"));
        hub.awaitProblem("handlers/taker.camel.yaml");
      }
      for (int j = 0; j < 20; j++) {
        String text = i + "-" + j;
        sent.add(text);
        String json = "{\"attributes\":{},\"ordering_key\":\"\",\"text\":\"%s\"}".formatted(text);
        TestLog.of(hub.hub())
            .append(TestLog.event("serai", "topic." + topic, topic + text, null, json, null));
      }
    }
    await().until(() -> taken.size() >= sent.size());
    assertThat(taken).containsExactlyInAnyOrderElementsOf(sent);
    hub.delete("handlers/taker.camel.yaml");
    await().until(() -> hub.ids().stream().noneMatch(id -> id.startsWith("topic-source")));
  }
}
