package dev.serai.deploy;

import static dev.serai.deploy.StrictYaml.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Does each setting that a file names exist, and is each set that a hub needs in production? */
class SettingsTest {

  /** Variables of the hub, and those of Spring whose groups deployments use. */
  private static final Pattern VARIABLE =
      Pattern.compile("(?<![A-Z_$])(SERAI|SPRING|SERVER|MANAGEMENT|LOGGING)_[A-Z0-9_]++(?![a-z<])");

  private static final Pattern SOURCE = Pattern.compile("(?m)^ +source: ([a-z0-9-]+)$");

  /** Values that look like variables: of Memorystore. */
  private static final Set<String> VALUES = Set.of("SERVER_AUTHENTICATION");

  private static final Set<String> NEEDED =
      Set.of(
          "SERAI_ENV",
          "SERAI_DATABASE_URL",
          "SERAI_API_KEYS",
          "SERAI_ENCRYPTION_KEYS",
          "SERAI_STRIPE_SECRETS");

  private static final Path SECRET = Path.of("docker/k8s/secret.template.yaml");

  @Test
  void everySettingThatAFileNamesIsThere() throws IOException {
    Settings settings = new Settings();
    Set<String> sources = sources("routes/webhooks");
    Map<String, Set<String>> unknown = new TreeMap<>();
    for (Path file : RepositoryFiles.all()) {
      if (!file.toString().matches("(docker|terraform|\\.github|docs)/.*|README\\.md|\\.env.*")) {
        continue;
      }
      boolean deploys = !file.startsWith("docs") && !file.endsWith("README.md");
      VARIABLE
          .matcher(String.valueOf(RepositoryFiles.text(file)))
          .results()
          .map(MatchResult::group)
          .filter(name -> !VALUES.contains(name) && !settings.know(name))
          // Tutorials and examples have sources of their own.
          .filter(name -> deploys || !name.endsWith("_SECRETS"))
          .filter(name -> sources.stream().map(Settings::secrets).noneMatch(name::equals))
          .forEach(
              name -> unknown.computeIfAbsent(file.toString(), f -> new TreeSet<>()).add(name));
    }
    assertThat(unknown).as("settings that nobody reads").isEmpty();
  }

  @Test
  void aMisspeltSettingIsNone() throws IOException {
    Settings settings = new Settings();
    assertThat(settings.know("SERAI_DATABASE_URI")).isFalse();
    assertThat(settings.know("SERVER_FORWARD_HEADER_STRATEGY")).isFalse();
    assertThat(settings.know("SERAI_SINKS_PARTNER_URL")).isTrue();
    assertThat(settings.know("SERVER_FORWARD_HEADERS_STRATEGY")).isTrue();
  }

  @Test
  void kubernetesSetsWhatAHubNeeds() {
    Set<Object> set = new TreeSet<>(object(StrictYaml.document(SECRET), "stringData").keySet());
    Path config = Path.of("docker/k8s/base/config.yaml");
    set.addAll(object(StrictYaml.document(config), "data").keySet());
    assertThat(set).containsAll(NEEDED).contains("SERAI_REDIS_HOST", "SERAI_CLOUD");
    assertThat(set)
        .containsAll(sources("routes/webhooks").stream().map(Settings::secrets).toList());
  }

  @Test
  void composeSetsWhatAHubNeeds() throws IOException {
    Set<Object> set =
        new TreeSet<>(
            object(
                    StrictYaml.document(Path.of("docker/compose.yaml")),
                    "services",
                    "hub",
                    "environment")
                .keySet());
    Files.readAllLines(Path.of(".env.example")).stream()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> set.add(line.split("=")[0]));
    assertThat(set).containsAll(NEEDED).contains("SERAI_REDIS_URL");
  }

  @Test
  void terraformSetsWhatAHubNeeds() {
    String all =
        RepositoryFiles.in(Path.of("terraform"))
            .map(RepositoryFiles::text)
            .collect(Collectors.joining());
    assertThat(all)
        .contains(NEEDED.stream().filter(name -> !name.contains("STRIPE")).toList())
        .contains("SERAI_${upper(replace(source, \"-\", \"_\"))}_SECRETS")
        .contains(
            List.of(
                "SERAI_CLOUD",
                "SERAI_DATABASE_USER",
                "SERAI_DATABASE_PASSWORD",
                "SERAI_REDIS_HOST",
                "SERAI_REDIS_PASSWORD",
                "SERAI_REDIS_TLS",
                "SERAI_REDIS_CA_FILE"));
    assertThat(sources("routes/webhooks")).containsAll(sourcesOfExamples());
  }

  @Test
  void theImageIsWhatTheOthersTakeItFor() throws IOException {
    String image = Files.readString(Path.of("docker/Dockerfile"));
    assertThat(Files.readString(Path.of("pom.xml"))).contains("<finalName>serai</finalName>");
    assertThat(image)
        .contains("-jar\", \"/app/serai.jar\"]")
        .contains("EXPOSE 8080")
        .contains("HEALTHCHECK")
        .contains("/health/live");
    List<String> taken = Files.readAllLines(Path.of(".dockerignore"));
    assertThat(taken).startsWith("*");
    image
        .lines()
        .filter(line -> line.startsWith("COPY ") && !line.contains("--from"))
        .map(line -> line.split(" ")[1])
        .forEach(source -> assertThat(taken).as(source).contains("!" + source.replace("./", "")));
    Object hub = object(StrictYaml.document(Path.of("docker/compose.yaml")), "services", "hub");
    assertThat(Path.of("docker", StrictYaml.text(hub, "build", "context"))).exists();
    assertThat(Path.of(StrictYaml.text(hub, "build", "dockerfile"))).exists();
    assertThat(StrictYaml.text(hub, "stop_grace_period")).isEqualTo("35s");
  }

  @Test
  void yamlHasNothingTwice() {
    Stream.of("docker", ".github")
        .flatMap(folder -> RepositoryFiles.in(Path.of(folder)))
        .filter(file -> file.toString().matches(".*\\.ya?ml"))
        .forEach(file -> assertThat(StrictYaml.documents(file)).as(file.toString()).isNotEmpty());
  }

  private static Set<String> sources(String folder) {
    return RepositoryFiles.in(Path.of(folder))
        .map(RepositoryFiles::text)
        .flatMap(text -> SOURCE.matcher(String.valueOf(text)).results())
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> sourcesOfExamples() {
    return RepositoryFiles.in(Path.of("terraform/examples"))
        .map(RepositoryFiles::text)
        .flatMap(
            text -> Pattern.compile("sources += \\[(.*)]").matcher(String.valueOf(text)).results())
        .flatMap(result -> Stream.of(result.group(1).replace("\"", "").split(", ")))
        .toList();
  }
}
