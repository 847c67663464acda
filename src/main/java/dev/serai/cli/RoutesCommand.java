package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalogue.Catalogue;
import dev.serai.route.check.BuildSurroundings;
import dev.serai.route.check.FilesCheck;
import dev.serai.route.check.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "routes",
    mixinStandardHelpOptions = true,
    description = "Lists the routes of a hub, and checks route files without one.")
final class RoutesCommand extends CommandGroup {

  @Command(
      name = "list",
      description = "Lists routes, and files that are not loaded; exit code 1 if there are any.",
      mixinStandardHelpOptions = true)
  int list(@Mixin ApiClient api, @Mixin Output output) throws IOException, InterruptedException {
    JsonNode answer = api.get("/api/v1/routes", Map.of());
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("ID", Output.text("id"));
    columns.put("STATE", Output.text("state"));
    columns.put("FROM", Output.text("from"));
    columns.put("LOADED", Output.text("loaded_at"));
    columns.put("FILE", Output.text("file"));
    output.table(answer, answer.path("routes"), columns);
    if (!output.json) {
      answer
          .path("problems")
          .forEach(
              problem ->
                  output
                      .out()
                      .printf(
                          "%s:%s: %s%n",
                          problem.path("file").asText(),
                          problem.path("line").asText(),
                          problem.path("message").asText()));
    }
    return answer.path("problems").isEmpty() ? 0 : FailureReport.FAILED;
  }

  @Command(
      name = "check",
      description =
          "Checks route files and schemas of events; exit code 1 if there is anything to change.",
      mixinStandardHelpOptions = true)
  int check(
      @Mixin Output output,
      @Option(
              names = "--routes-dir",
              paramLabel = "DIR",
              defaultValue = "${SERAI_ROUTES_DIR:-routes}",
              description =
                  "Folder of all route files, to which those checked may refer. Default:"
                      + " $SERAI_ROUTES_DIR, else routes.")
          Path directory,
      @Option(names = "--fix", description = "First write files in the canonical form.")
          boolean fix,
      @Parameters(
              paramLabel = "FILE",
              arity = "0..*",
              description = "Files or folders. All of the routes directory, if none is given.")
          @Nullable List<Path> files)
      throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException(
          "--routes-dir (SERAI_ROUTES_DIR) is '%s', which is no folder".formatted(directory));
    }
    List<Path> wanted = files == null ? List.of() : files;
    FilesCheck check = new FilesCheck(directory, new BuildSurroundings());
    List<Finding> fixed = fix ? check.fix(wanted) : List.of();
    List<Finding> findings = new ArrayList<>(check.check(wanted));
    findings.addAll(schemas(directory, wanted));
    if (output.json) {
      output.show(ApiClient.JSON.valueToTree(Map.of("fixed", fixed, "findings", findings)));
    } else {
      fixed.forEach(change -> output.out().println("fixed " + line(directory, change)));
      findings.forEach(finding -> output.out().println(line(directory, finding)));
      output
          .out()
          .println(findings.isEmpty() ? "Nothing to change." : findings.size() + " to change.");
    }
    return findings.isEmpty() ? 0 : FailureReport.FAILED;
  }

  /** Schemas may refer to each other, so all are read, and those that were asked for told of. */
  private static List<Finding> schemas(Path directory, List<Path> wanted) {
    Path root = directory.toAbsolutePath().normalize();
    return Catalogue.of(directory).problems().stream()
        .filter(
            problem ->
                wanted.isEmpty()
                    || wanted.stream()
                        .map(path -> path.toAbsolutePath().normalize())
                        .anyMatch(path -> root.resolve(problem.file()).startsWith(path)))
        .map(problem -> Finding.error(problem.file(), problem.line(), problem.message()))
        .toList();
  }

  /** As editors and terminals make a link of it. */
  private static String line(Path directory, Finding finding) {
    return "%s:%s: %s"
        .formatted(
            directory.resolve(finding.file()).normalize(), finding.line(), finding.message());
  }
}
