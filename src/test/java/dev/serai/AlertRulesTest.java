package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.serai.webhook.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Does each alert fire when it should, and is it quiet else? */
class AlertRulesTest {

  /** Refusals that tell of nothing but curious strangers. */
  private static final Set<Cause> IDLE = EnumSet.of(Cause.NOT_FOUND, Cause.METHOD);

  private static final Pattern TEMPLATE =
      Pattern.compile(
          "\\{\\{ \\$(?:labels\\.(?<label>\\w+)|value \\| humanize(Duration|Percentage)?) }}");

  /**
   * What takes servers or a disk of its own is proved by FullRedisTest, TraceTest and FullDiskIT.
   */
  private static final Set<String> ELSEWHERE =
      Set.of("RedisAway", "RedisFull", "SpansDropped", "DiskNearlyFull");

  private static final Metrics NOTHING = new Metrics(List.of());

  static List<AlertRules.Alert> alerts() throws IOException {
    return AlertRules.all();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void everyMetricIsThereWithTheLabelsAndTheValuesThatItUses(AlertRules.Alert alert) {
    List<PromSelector> selectors = alert.query().selectors();
    assertThat(selectors).isNotEmpty();
    assumeFalse(alert.name().equals("SpansDropped"), "this hub sends none");
    assertThat(selectors)
        .allSatisfy(
            selector -> assertThat(TroubledHub.metrics().samples()).anyMatch(selector::matches));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void itFiresWithItsCause(AlertRules.Alert alert) {
    assumeFalse(ELSEWHERE.contains(alert.name()));
    PromHistory now = TroubledHub.now();
    Set<Map<String, String>> firing =
        switch (alert.name()) {
          case "NoHub" -> alert.firing(PromHistory.empty().hold(NOTHING, 0, 5), 0);
          case "WebhookSourceSilent" -> alert.firing(TroubledHub.aWeekLater(), now.end());
          case "WebhookSecretOld", "BackupOld", "BackupNotVerified" ->
              alert.firing(TroubledHub.aYearLater(), now.end());
          default -> alert.firing(now, TroubledHub.at(now));
        };
    assertThat(firing)
        .anyMatch(
            labels ->
                labels.isEmpty()
                    || labels.containsKey("kind") // of backup: nobody has made any
                    || labels.get("job") instanceof String job && job.equals("heartbeat")
                    || labels.values().stream().anyMatch(TroubledHub::isTroubled));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void itIsQuietWithoutItsCause(AlertRules.Alert alert) {
    PromHistory now = TroubledHub.now();
    PromHistory before =
        new PromHistory(
            now.scrapes().stream().filter(one -> one.time() < TroubledHub.at(now)).toList());
    // A secret that is to end soon is the trouble of its source from the start.
    Set<String> fromTheStart = Set.of("ending", "half", "closed");
    assertThat(alert.firing(before, 0))
        .noneMatch(
            labels ->
                labels.isEmpty()
                    || labels.values().stream()
                        .filter(label -> fromTheStart.stream().noneMatch(label::startsWith))
                        .anyMatch(TroubledHub::isTroubled));
    assertThat(alert.firing(now, 0))
        .noneMatch(labels -> labels.values().stream().anyMatch(TroubledHub::isCalm));
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void itSaysWhatIsWrongAndWhatToDo(AlertRules.Alert alert) throws IOException {
    assertThat(alert.labels().get("severity")).isIn("page", "ticket");
    assertThat(alert.lasting()).matches("|\\d+[mh]");
    Set<String> labels = alert.query().labels();
    for (String text : alert.annotations().values()) {
      Matcher template = TEMPLATE.matcher(text);
      while (template.find()) {
        assertThat(template.group("label"))
            .satisfiesAnyOf(
                label -> assertThat(label).isNull(), label -> assertThat(labels).contains(label));
      }
      assertThat(template.replaceAll("")).doesNotContain("{", "}", "$");
    }
    assertThat(anchors()).contains(alert.annotations().get("runbook_url"));
  }

  /** The headings of the runbook, as they are linked to. */
  private static Stream<String> anchors() throws IOException {
    return Files.readString(Path.of("docs", "operations.md"))
        .lines()
        .filter(line -> line.matches("#{2,3} .*"))
        .map(
            line ->
                "docs/operations.md#"
                    + line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'));
  }

  @Test
  void noTwoHaveTheSameName() throws IOException {
    assertThat(alerts()).extracting(AlertRules.Alert::name).doesNotHaveDuplicates();
  }

  @Test
  void everyCauseOfARefusalBelongsToOneAlert() throws IOException {
    Set<String> groups = new TreeSet<>();
    for (AlertRules.Alert alert : alerts()) {
      alert.query().selectors().stream()
          .flatMap(selector -> selector.matchers().stream())
          .filter(matcher -> matcher.label().equals("cause"))
          .forEach(matcher -> groups.add(matcher.value()));
    }
    for (Cause cause : EnumSet.complementOf(EnumSet.copyOf(IDLE))) {
      assertThat(groups.stream().filter(group -> Pattern.matches(group, cause.code())))
          .as(cause.code())
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum by (source) (rate(m[5m])",
        "sum by (source (rate(m[5m]))",
        "rate(m)",
        "sum(m[5m])",
        "m{a=b} > 1",
        "m{a=\"b\"} > > 1",
        "sum by (a) (m) / sum by (b) (m)",
        "sum by (a) (m) and 1",
        "histogram_quantile(0.5, sum by (a) (rate(m[5m])))",
        "median(m)",
        "m > 1 5",
        "m ? 1",
      })
  void aMistakeInAnExpressionIsFound(String expression) {
    assertThatThrownBy(() -> new PromQuery(expression))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMetricWithoutTheLabelIsNotTaken() {
    var sample = new Metrics.Sample("m", Map.of("a", "1"), 0);
    assertThat(new PromQuery("sum by (a) (m) > 0").selectors().getFirst().matches(sample)).isTrue();
    assertThat(new PromQuery("sum by (b) (m) > 0").selectors().getFirst().matches(sample))
        .isFalse();
    assertThat(new PromQuery("sum(m{a=\"2\"}) > 0").selectors().getFirst().matches(sample))
        .isFalse();
    assertThat(new PromQuery("sum(n) > 0").selectors().getFirst().matches(sample)).isFalse();
  }
}
