package dev.serai.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What happens when a route file is saved while the hub runs? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("ReloadTest") // its tests take turns
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
        Texts.door("handler-failing", "x").replace("handler-policy", "answer-policy")
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
  void ofTheKameletsOfCloudsThoseOfTheChosenOneCount() throws Exception {
    String local = "kamelets/local/stamp.kamelet.yaml";
    String shared = "kamelets/stamp.kamelet.yaml";
    hub.write("kamelets/gcp/stamp.kamelet.yaml", Texts.stamp("in Google's cloud"));
    hub.write(local, Texts.stamp("here"));
    hub.write("handlers/clouded.camel.yaml", Texts.stampedDoor("handler-clouded", "Made"));
    hub.awaitAnswer("handler-clouded", "Made here");
    hub.write(local, Texts.stamp("here again"));
    hub.awaitAnswer("handler-clouded", "Made here again");

    hub.write(shared, Texts.stamp("anywhere"));
    assertThat(hub.awaitProblem(shared).message()).contains("'stamp'").contains(local);
    assertThat(hub.ask("handler-clouded")).isEqualTo("Made here again");
    hub.delete(shared);
    hub.awaitNoProblems();
    hub.delete("handlers/clouded.camel.yaml");
    hub.delete(local);
  }
}
