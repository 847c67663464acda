package dev.serai.deploy;

import static dev.serai.deploy.StrictYaml.at;
import static dev.serai.deploy.StrictYaml.each;
import static dev.serai.deploy.StrictYaml.object;
import static dev.serai.deploy.StrictYaml.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Do the pipelines hold together, and do they get no more rights than they need? */
class PipelinesTest {

  private static final Path WORKFLOWS = Path.of(".github", "workflows");
  private static final Set<String> SECRETS = Set.of("SLACK_WEBHOOK_URL");

  @Test
  void workflowsBeginWithTheRightToReadAndWithNothingFromStrangers() {
    workflows()
        .forEach(
            (file, workflow) -> {
              assertThat(object(workflow, "permissions"))
                  .as(file)
                  .isEqualTo(Map.of("contents", "read"));
              // YAML takes the word for true.
              assertThat(text(workflow, true)).as(file).doesNotContain("pull_request_target");
              assertThat(at(workflow, "concurrency", "group")).as(file).isNotNull();
            });
  }

  @Test
  void jobsWaitForJobsThatAreThereAndEnd() {
    workflows()
        .forEach(
            (file, workflow) -> {
              Map<?, ?> jobs = object(workflow, "jobs");
              jobs.forEach(
                  (name, job) -> {
                    assertThat(needs(job)).as(file).allMatch(jobs::containsKey);
                    String uses = text(job, "uses");
                    if (uses.startsWith("./")) {
                      assertThat(Path.of(uses)).exists();
                    } else {
                      assertThat(at(job, "timeout-minutes")).as("%s of %s", name, file).isNotNull();
                      assertThat(text(job, "runs-on")).doesNotContain("latest");
                    }
                  });
            });
  }

  @Test
  void onlyTheDeploymentSignsInAndNoJobHasAKey() {
    workflows()
        .forEach(
            (file, workflow) ->
                object(workflow, "jobs")
                    .forEach(
                        (name, job) -> {
                          Map<?, ?> rights = object(job, "permissions");
                          boolean deploys = file.equals("deploy.yml") && name.equals("deploy");
                          assertThat(rights.values().stream().filter("write"::equals).count())
                              .as("%s of %s", name, file)
                              .isEqualTo(deploys ? 1 : 0);
                          assertThat(rights.containsKey("id-token")).isEqualTo(deploys);
                        }));
    texts()
        .forEach(
            text ->
                assertThat(Stream.of(text.split("secrets\\.")).skip(1))
                    .allMatch(
                        rest ->
                            SECRETS.stream().anyMatch(rest::startsWith) || rest.startsWith("y")));
  }

  @Test
  void stepsAreOfKnownVersionsAndTakeNothingFromEventsIntoTheShell() {
    workflows()
        .forEach(
            (file, workflow) ->
                object(workflow, "jobs").values().stream()
                    .flatMap(job -> each(job, "steps"))
                    .forEach(
                        step -> {
                          if (at(step, "uses") != null) {
                            assertThat(text(step, "uses")).matches(".+@(v[0-9]+|[0-9a-f]{40})");
                          }
                          assertThat(text(step, "run")).as(file).doesNotContain("${{");
                          if (text(step, "uses").startsWith("actions/checkout")) {
                            assertThat(at(step, "with", "persist-credentials")).isEqualTo(false);
                          }
                        }));
  }

  @Test
  void scriptsThatTheyRunAreThereAndMayBeRun() {
    assertThat(texts().collect(Collectors.joining()))
        .contains("docker/deploy.sh", "docker/Dockerfile", ".gitleaks.toml");
    assertThat(List.of("docker/deploy.sh", "docker/smoke.sh", "docker/train.sh"))
        .allMatch(name -> Files.isExecutable(Path.of(name)));
  }

  @Test
  void cloudBuildTestsBeforeItDeploysWhatItHasBuilt() {
    Object build = StrictYaml.document(Path.of("docker", "cloudbuild.yaml"));
    assertThat(each(build, "steps").map(step -> text(step, "id")))
        .containsExactly("test", "build", "push", "deploy");
    String image = text(build, "images", 0);
    assertThat(text(build, "steps", 1, "args")).contains(image).contains("docker/Dockerfile");
    assertThat(text(build, "steps", 2, "args")).contains(image);
    assertThat(text(build, "steps", 3, "env")).contains("IMAGE=" + image);
    String whole = RepositoryFiles.text(Path.of("docker", "cloudbuild.yaml"));
    object(build, "substitutions")
        .keySet()
        .forEach(name -> assertThat(whole).contains("${%s}".formatted(name)));
    assertThat(Stream.of(String.valueOf(whole).split("\\$\\{")).skip(1).map(s -> s.split("}")[0]))
        .allMatch(object(build, "substitutions")::containsKey);
  }

  @Test
  void dependabotLooksIntoFoldersThatAreThere() {
    Object file = StrictYaml.document(Path.of(".github", "dependabot.yml"));
    assertThat(each(file, "updates").map(update -> text(update, "package-ecosystem")))
        .containsExactlyInAnyOrder("maven", "github-actions", "docker", "terraform");
    each(file, "updates")
        .flatMap(u -> Stream.concat(Stream.of(text(u, "directory")), each(u, "directories")))
        .map(folder -> folder.toString().replaceAll("^/|/?\\*$", ""))
        .filter(folder -> !folder.equals("null"))
        .forEach(folder -> assertThat(Path.of(folder)).isDirectory());
  }

  private static Map<String, Object> workflows() {
    return RepositoryFiles.in(WORKFLOWS)
        .collect(Collectors.toMap(file -> file.getFileName().toString(), StrictYaml::document));
  }

  private static Stream<String> texts() {
    return RepositoryFiles.in(WORKFLOWS).map(RepositoryFiles::text).map(String::valueOf);
  }

  private static List<Object> needs(Object job) {
    return at(job, "needs") instanceof String one ? List.of(one) : each(job, "needs").toList();
  }
}
