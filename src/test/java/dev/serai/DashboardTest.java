package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** Does the dashboard show what the hub tells, and do the services beside it find one another? */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardTest {

  private static final Path DOCKER = Path.of("docker");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

  /** A query of a panel. */
  record Shown(String panel, String expression, String legend) {
    @Override
    public String toString() {
      return panel + ": " + expression;
    }
  }

  private List<Metrics.Sample> told = List.of();

  @BeforeAll
  void trouble() throws Exception {
    TestHub hub = TestHub.shared();
    execute(hub, "dashboard");
    List<Metrics.Sample> all = new ArrayList<>(TroubledHub.metrics().samples());
    all.addAll(Metrics.of(Api.of(hub).get("/metrics/agents").text()).samples());
    told = all;
  }

  static void execute(TestHub hub, String agent) {
    hub.database()
        .sql(
            """
            insert into analytics.execution (event_id, workspace, id, agent, status, happened_at,
              duration_ms, tokens_in, tokens_out, cost, currency)
            values (:id, '', :name, :agent, 'succeeded', now(), 1500, 10, 20, 0.25, 'EUR')
            """)
        .param("id", UUID.randomUUID())
        .param("name", UUID.randomUUID().toString())
        .param("agent", agent)
        .update();
  }

  static Stream<Shown> queries() throws IOException {
    List<Shown> shown = new ArrayList<>();
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.path("targets")) {
        shown.add(
            new Shown(
                panel.path("title").asText(),
                target.path("expr").asText(),
                target.path("legendFormat").asText()));
      }
    }
    return shown.stream();
  }

  private static JsonNode panels() throws IOException {
    return new ObjectMapper()
        .readTree(Files.readString(DOCKER.resolve("grafana/serai.json")))
        .path("panels");
  }

  @ParameterizedTest
  @MethodSource("queries")
  void aQueryNamesWhatTheHubTells(Shown shown) {
    PromQuery query = new PromQuery(shown.expression);
    assertThat(query.selectors())
        .isNotEmpty()
        .allSatisfy(selector -> assertThat(told).anyMatch(selector::matches));
    Matcher legend = LEGEND.matcher(shown.legend);
    while (legend.find()) {
      assertThat(query.labels()).contains(legend.group(1));
    }
  }

  @Test
  void panelsSayWhatTheyShowAndDoNotOverlap() throws IOException {
    Set<String> places = new HashSet<>();
    Set<String> titles = new HashSet<>();
    for (JsonNode panel : panels()) {
      assertThat(titles.add(panel.path("title").asText())).isTrue();
      assertThat(places.add(panel.at("/gridPos/x") + " " + panel.at("/gridPos/y"))).isTrue();
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.path("description").asText()).isNotBlank();
        assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
        assertThat(panel.at("/datasource/uid").asText()).isEqualTo(datasource());
      }
    }
    assertThat(places).hasSizeGreaterThan(20);
  }

  private static String datasource() throws IOException {
    return yaml("grafana/provisioning/datasources/prometheus.yml")
        .at("/datasources/0/uid")
        .asText();
  }

  private static JsonNode yaml(String file) throws IOException {
    return new ObjectMapper().valueToTree(new Yaml().load(Files.readString(DOCKER.resolve(file))));
  }

  /** What a container is given is in the repository, and what it is asked for in the container. */
  @ParameterizedTest
  @ValueSource(strings = {"prometheus", "alertmanager", "grafana"})
  void aServiceFindsItsFiles(String name) throws IOException {
    JsonNode service = yaml("compose.yaml").path("services").path(name);
    assertThat(service.path("profiles").path(0).asText()).isEqualTo("monitoring");
    for (JsonNode volume : service.path("volumes")) {
      String source = volume.asText().split(":", 2)[0];
      if (source.startsWith("./")) {
        assertThat(DOCKER.resolve(source.substring(2))).exists();
      }
    }
    String configured =
        Files.readString(DOCKER.resolve("prometheus/prometheus.yml"))
            + Files.readString(DOCKER.resolve("alertmanager/alertmanager.yml"));
    Matcher secret = Pattern.compile("/run/secrets/([a-z-]+)").matcher(configured);
    assertThat(secret.results().map(found -> found.group(1)))
        .isNotEmpty()
        .allMatch(yaml("compose.yaml").path("secrets")::has);
  }

  @Test
  void alertsAreRoutedByASeverityThatTheyHave() throws IOException {
    String routes = Files.readString(DOCKER.resolve("alertmanager/alertmanager.yml"));
    Matcher severity = Pattern.compile("severity=\"(\\w+)\"").matcher(routes);
    assertThat(severity.results().map(found -> found.group(1))).containsOnly("page");
    assertThat(AlertRules.all())
        .extracting(alert -> alert.labels().get("severity"))
        .contains("page", "ticket");
    assertThat(AlertRules.all()).extracting(AlertRules.Alert::name).contains("NoHub");
  }
}
