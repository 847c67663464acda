package dev.serai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
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

/** What happens when a route file is saved while the hub runs? */
class ReloadTest {

  private static final String DOOR = "handlers/door.camel.yaml";

  @TempDir private static Path folder;
  private static EditedHub hub;

  @BeforeAll
  static void start() throws Exception {
    Path broken = folder.resolve("handlers/broken-at-start.camel.yaml");
    Files.createDirectories(broken.getParent());
    Files.writeString(broken, "- route:\n    id: [\n");
    hub = EditedHub.start(folder, Map.of());
    assertThat(Api.of(hub.hub()).get("/health/detailed").text())
        .contains("DEGRADED", "broken-at-start.camel.yaml:");
    hub.delete("handlers/broken-at-start.camel.yaml");
    hub.awaitNoProblems();
    hub.write(DOOR, Texts.door("handler-door", "first"));
    hub.awaitAnswer("handler-door", "first");
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Test
  void whatCanNotBeLoadedIsNamedWithItsLineWhereverOneLooks() throws Exception {
    hub.write(DOOR, Texts.door("handler-door", "second").replace("level:", "levl:"));

    RouteProblem problem = hub.awaitProblem(DOOR);

    assertThat(problem.line()).isEqualTo(18);
    assertThat(problem.message()).contains("'log' has no option 'levl'", "did you mean 'level'?");
    JsonNode shown = Api.of(hub.hub()).get("/api/v1/routes").json();
    assertThat(shown.path("problems").path(0).path("line").asInt()).isEqualTo(18);
    assertThat(shown.path("routes").findValuesAsText("id")).contains("handler-door");
    assertThat(Api.of(hub.hub()).get("/health/detailed").text()).contains(DOOR + ":18: ");
    assertThat(hub.ask("handler-door")).isEqualTo("first");
    hub.write(DOOR, Texts.door("handler-door", "first"));
    hub.awaitNoProblems();
  }

  @Test
  void aSecondFileCanNotTakeTheIdOfARunningRoute() throws Exception {
    hub.write("handlers/thief.camel.yaml", Texts.door("handler-door", "other", "stolen"));

    RouteProblem problem = hub.awaitProblem("handlers/thief.camel.yaml");

    assertThat(problem.message()).contains("route id 'handler-door'", DOOR);
    assertThat(hub.ask("handler-door")).isEqualTo("first");
    hub.delete("handlers/thief.camel.yaml");
    hub.awaitNoProblems();
  }

  @Test
  void aRouteMovesToAnotherFile() throws Exception {
    hub.write("handlers/b.camel.yaml", Texts.door("handler-moving", "before"));
    hub.awaitAnswer("handler-moving", "before");

    hub.write("handlers/a.camel.yaml", Texts.door("handler-moving", "after"));
    hub.delete("handlers/b.camel.yaml");

    hub.awaitAnswer("handler-moving", "after");
    hub.awaitNoProblems();
    hub.delete("handlers/a.camel.yaml");
  }

  @Test
  void aChangedPolicyReachesTheRoutesThatNameIt() throws Exception {
    hub.write("policies/answer.camel.yaml", policy("sorry"));
    hub.write(
        "handlers/failing.camel.yaml",
        Texts.door("handler-failing", "x")
                .replace("handler-policy", "answer-policy")
            + """
                      - throwException:
                          id: handler-failing-throw
                          description: It fails
                          exceptionType: java.lang.IllegalStateException
                          message: On purpose
              """);
    hub.awaitAnswer("handler-failing", "sorry");

    hub.write("policies/answer.camel.yaml", policy("another time"));

    hub.awaitAnswer("handler-failing", "another time");
    hub.delete("handlers/failing.camel.yaml");
    hub.delete("policies/answer.camel.yaml");
  }

  private static String policy(String answer) {
    return """
    # What the test does with errors.
    - routeConfiguration:
        id: answer-policy
        description: Errors are answered
        onException:
          - onException:
              exception:
                - java.lang.Exception
              handled:
                constant:
                  expression: "true"
              steps:
                - setBody:
                    id: answer-policy-say
                    description: Say so
                    expression:
                      constant:
                        expression: %s
    """
        .formatted(answer);
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
        exchange -> handled.add(UUID.fromString(String.valueOf(exchange.getVariable("event", Map.class).get("id"))));
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
}
