package dev.serai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;

/** A hub with a routes directory of its own, whose files a test edits. */
final class EditedHub implements AutoCloseable {

  /** What "live" means: from the save to the first answer of the new text. */
  static final Duration SOON = Duration.ofSeconds(3);

  private static final Duration OFTEN = Duration.ofMillis(20);

  private final Path folder;
  private final TestHub hub;

  private EditedHub(Path folder, TestHub hub) {
    this.folder = folder;
    this.hub = hub;
  }

  /** Starts a hub on the database of the shared one; the policies are those of the program. */
  static EditedHub start(Path folder, Map<String, String> files) throws IOException {
    copy(Path.of("routes", "policies"), folder.resolve("policies"));
    EditedHub edited =
        new EditedHub(
            folder,
            TestHub.shared()
                .another(
                    Map.of(
                        "serai.routes.dir",
                        folder.toString(),
                        "logging.level.dev.serai.route",
                        "off",
                        "serai.webhooks.warm-up",
                        "0s")));
    for (Map.Entry<String, String> file : files.entrySet()) {
      edited.write(file.getKey(), file.getValue());
    }
    files.keySet().stream().filter(RoutesFolder::isRoutes).forEach(edited::awaitLoaded);
    return edited;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  TestHub hub() {
    return hub;
  }

  CamelContext camel() {
    return hub.camel();
  }

  void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  void delete(String name) throws IOException {
    Files.delete(folder.resolve(name));
  }

  List<RouteProblem> problems() {
    return hub.bean(RouteFiles.class).problems();
  }

  List<String> ids() {
    return camel().getRoutes().stream().map(Route::getRouteId).sorted().toList();
  }

  /** The id of the route whose id begins so; while it is replaced there is none. */
  String awaitId(String start) {
    return await(start)
        .atMost(SOON)
        .pollInterval(OFTEN)
        .until(
            () -> ids().stream().filter(id -> id.startsWith(start)).findAny(), Optional::isPresent)
        .orElseThrow();
  }

  /** Asks a door. */
  String ask(String door) {
    return camel().createFluentProducerTemplate().to("direct:" + door).request(String.class);
  }

  void awaitAnswer(String door, String answer) {
    await(door)
        .atMost(SOON)
        .pollInterval(OFTEN)
        .untilAsserted(() -> assertThat(ask(door)).isEqualTo(answer));
  }

  void awaitLoaded(String name) {
    await(name)
        .pollInterval(OFTEN)
        .untilAsserted(
            () -> {
              assertThat(problems()).isEmpty();
              assertThat(hub.bean(RouteFiles.class).routes())
                  .anySatisfy(route -> assertThat(route.file()).isEqualTo(name));
            });
  }

  RouteProblem awaitProblem(String name) {
    await(name)
        .pollInterval(OFTEN)
        .untilAsserted(
            () ->
                assertThat(problems())
                    .anySatisfy(problem -> assertThat(problem.file()).isEqualTo(name)));
    return problems().stream()
        .filter(problem -> problem.file().equals(name))
        .findFirst()
        .orElseThrow();
  }

  void awaitNoProblems() {
    await().atMost(SOON).pollInterval(OFTEN).untilAsserted(() -> assertThat(problems()).isEmpty());
  }

  @Override
  public void close() {
    hub.close();
  }
}
