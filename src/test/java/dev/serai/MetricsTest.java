package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Is every metric in the catalogue as it is, and does nothing from outside become a label? */
class MetricsTest {

  private static final Path CATALOGUE = Path.of("docs", "metrics.md");

  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(serai_\\w+)` \\| (counter|gauge|timer|distribution) \\| ([^|]*)\\| .+ \\|");

  private static final Pattern LABEL_ROW = Pattern.compile("\\| `(\\w+)` \\| .+ \\|");

  /** What Prometheus makes of one timer. */
  private static final Pattern PARTS = Pattern.compile("_(count|sum|max|bucket)$");

  /** A metric of the catalogue. */
  private record Row(String type, Set<String> labels) {}

  private static Map<String, Row> catalogue() throws IOException {
    Map<String, Row> rows = new TreeMap<>();
    for (String line : Files.readAllLines(CATALOGUE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> labels =
            Arrays.stream(row.group(3).split(",", -1))
                .map(String::strip)
                .filter(label -> !label.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rows.put(row.group(1), new Row(row.group(2), labels))).as(line).isNull();
      }
    }
    return rows;
  }

  private static Stream<Metrics.Sample> told() throws Exception {
    TestHub hub = TestHub.shared();
    DashboardTest.execute(hub, "catalogued");
    return Stream.of(
            TroubledHub.metrics(),
            Metrics.of(hub),
            Metrics.of(Api.of(hub).get("/metrics/agents").text()))
        .flatMap(metrics -> metrics.samples().stream())
        .filter(sample -> sample.name().startsWith("serai_"));
  }

  @Test
  void whatTheHubTellsIsInTheCatalogue() throws Exception {
    Map<String, Row> rows = catalogue();
    Set<String> missing = new TreeSet<>();
    told()
        .forEach(
            sample -> {
              String name =
                  rows.containsKey(sample.name())
                      ? sample.name()
                      : PARTS.matcher(sample.name()).replaceFirst("");
              Set<String> labels = new TreeSet<>(sample.labels().keySet());
              labels.remove("le");
              Row row = rows.get(name);
              if (row == null || !row.labels.equals(labels)) {
                missing.add(name + " " + labels);
              }
            });
    assertThat(missing).isEmpty();
  }

  @Test
  void whatIsInTheCatalogueIsSomewhereInTheProgram() throws Exception {
    Set<String> told =
        told()
            .map(sample -> PARTS.matcher(sample.name()).replaceFirst(""))
            .collect(Collectors.toSet());
    told().map(Metrics.Sample::name).forEach(told::add);
    String program = program();
    assertThat(catalogue().keySet())
        .allSatisfy(
            name ->
                assertThat(told.contains(name) || program.contains('"' + registered(name) + '"'))
                    .as(name)
                    .isTrue());
  }

  /** As code names it: with dots, and without what Prometheus adds. */
  private static String registered(String name) {
    return name.replaceFirst("_seconds_total$|_total$|_seconds$|_bytes$", "").replace('_', '.');
  }

  private static String program() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(
              file -> {
                try {
                  return Files.readString(file);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              })
          .collect(Collectors.joining("\n"));
    }
  }

  /** The closed list says what bounds the values of each. */
  @Test
  void everyLabelIsBounded() throws IOException {
    String text = Files.readString(CATALOGUE);
    Set<String> bounded =
        text.substring(text.indexOf("## Labels"))
            .lines()
            .map(LABEL_ROW::matcher)
            .filter(Matcher::matches)
            .map(row -> row.group(1))
            .collect(Collectors.toSet());
    assertThat(catalogue().values().stream().flatMap(row -> row.labels.stream()).distinct())
        .isSubsetOf(bounded);
  }

  @Test
  void whatStrangersSendBecomesNoLabel() throws Exception {
    TestHub hub = TestHub.shared();
    String stranger = "stranger" + UUID.randomUUID().toString().replace("-", "");
    Api api = Api.of(hub);
    assertThat(api.open("POST", "/webhooks/" + stranger).status()).isEqualTo(404);
    assertThat(api.open("GET", "/" + stranger).status()).isGreaterThan(399);
    assertThat(api.get("/api/v1/events/" + stranger).status()).isGreaterThan(399);
    assertThat(
            api.post(
                    "/api/v1/events",
                    "{\"type\":\"%1$s.%1$s\",\"subject\":\"%1$s\",\"workspace\":\"%1$s\"}"
                        .formatted(stranger))
                .status())
        .isLessThan(300);
    assertThat(StripeSender.to(hub).post(StripeSender.event(stranger, stranger, "{}")).statusCode())
        .isEqualTo(200);
    assertThat(Metrics.of(hub).samples())
        .noneMatch(
            sample ->
                sample.labels().values().stream().anyMatch(value -> value.contains(stranger)));
  }

  @Test
  void ofManyAgentsTheBusiestHaveNames() throws Exception {
    TestHub hub = TestHub.shared();
    String mark = UUID.randomUUID().toString();
    for (int i = 0; i < 30; i++) {
      DashboardTest.execute(hub, mark + "-" + i);
    }
    List<Metrics.Sample> agents =
        Metrics.of(Api.of(hub).get("/metrics/agents").text()).all("serai_agent_executions");
    assertThat(agents.stream().map(sample -> sample.labels().get("agent")).distinct())
        .hasSizeLessThanOrEqualTo(21);
  }

  @Test
  void theSystemIsAPartOfAllMetricsAndProtectedLikeThem() throws Exception {
    TestHub hub = TestHub.shared();
    Metrics system = Metrics.of(Api.of(hub).get("/metrics/system").text());
    assertThat(system.samples())
        .extracting(Metrics.Sample::name)
        .contains(
            "jvm_threads_live_threads",
            "process_cpu_usage",
            "disk_free_bytes",
            "hikaricp_connections_active",
            "serai_database_bytes",
            "serai_redis_keys")
        .noneMatch(name -> name.startsWith("serai_webhooks"));
    assertThat(Api.of(hub).open("GET", "/metrics/system").status()).isEqualTo(401);
    assertThat(Api.of(hub).open("GET", "/metrics/agents").status()).isEqualTo(401);
  }
}
