package dev.serai.route.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does the check say of each kind of error, and at which line? */
@Execution(ExecutionMode.CONCURRENT)
class RouteCheckTest {

  private static final String GOOD =
      """
      # A file that is as it should be.
      - route:
          id: handler-good
          description: Takes an event and logs it
          group: handlers
          routeConfigurationId: handler-policy
          from:
            id: handler-good-in
            description: Some events
            uri: event
            parameters:
              types: some.event
              retries: 3
            steps:
              - setBody:
                  id: handler-good-body
                  description: Say so
                  expression:
                    constant:
                      expression: hello
              - to:
                  id: handler-good-log
                  description: Log it
                  uri: log
                  parameters:
                    loggerName: good
                    level: "{{serai.level:INFO}}"
      """;

  private static final String POLICY =
      """
      # What handlers do with errors.
      - routeConfiguration:
          id: handler-policy
          description: Errors go back to the delivery
          errorHandler:
            noErrorHandler: {}
      """;

  private static final Surroundings SURROUNDINGS =
      new Surroundings() {
        @Override
        public boolean hasProperty(String name) {
          return name.equals("known.property");
        }

        @Override
        public boolean hasBean(String name) {
          return Set.of("knownBean").contains(name);
        }
      };

  static List<Finding> check(String text) throws InvalidYamlException {
    return check("handlers/good.camel.yaml", text);
  }

  static List<Finding> check(String name, String text) throws InvalidYamlException {
    RouteDocument document = RouteDocument.parse(name, text);
    List<RouteDocument> all = new ArrayList<>(List.of(document));
    all.add(RouteDocument.parse("policies/handler.camel.yaml", POLICY));
    return new RouteCheck(SURROUNDINGS).check(List.of(document), all);
  }

  @Test
  void aFileThatIsAsItShouldBeHasNoFindings() throws InvalidYamlException {
    assertThat(check(GOOD)).isEmpty();
    assertThat(check("policies/handler.camel.yaml", POLICY)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retries: 3        | retrys: 3            | 13 | 'event' has no option 'retrys'; did you"
            + " mean 'retries'?",
        "retries: 3        | retries: many        | 13 | it must be a whole number",
        "types: some.event | orderBy: subject     | 10 | 'event' needs the option 'types'",
        "retries: 3        | subject: /id         | 13 | option 'subject' is one of steps",
        "retries: 3        | orderBy: subjct      | 13 | did you mean 'subject'?",
        "retries: 3        | onDead: blok         | 13 | did you mean 'block'?",
        "uri: log          | uri: lgo             | 24 | There is no component 'lgo'",
        "uri: log          | uri: direct:nowhere  | 24 | No route takes messages from"
            + " 'direct:nowhere'",
        "uri: log          | uri: bean:noBean     | 24 | There is no bean 'noBean'",
        "uri: log          | uri: kamelet:none    | 24 | There is no Kamelet 'none'",
        "handler-policy    | handler-polcy        |  6 | did you mean 'handler-policy'?",
        "good-body         | good-log             | 22 | The id 'handler-good-log' is taken, by"
            + " handlers/good.camel.yaml:16",
        "loggerName: good  | loggerName: '{{no.such}}' | 26 | The placeholder '{{no.such}}' has no"
            + " value",
        "setBody:          | setBdy:              | 15 | has no member 'setBdy'; did you mean"
            + " 'setBody'?",
        "group: handlers   | group: jobs          |  3 | it must be its folder: 'handlers'",
        "- route:          | - from:              |  2 | An entry is route, routeConfiguration or"
            + " beans, not 'from'",
        "id: handler-good  | note: none           |  2 | The route has no id",
        "description: Log it | note: none         | 21 | There is no description",
        "id: handler-good-log | note: none        | 21 | The step has no id",
        "id: handler-good-log | id: other-log     | 21 | it must begin with its route's:"
            + " 'handler-good-'",
        "loggerName: good  | loggerName: https://example.org | 26 | has a literal address",
        "loggerName: good  | password: abc        | 26 | looks like a secret",
        "expression: hello | expression: sk_live_abcdef123 | 20 | looks like a secret",
        "constant:         | constnt:             | 19 | has no member 'constnt'; did you mean"
            + " 'constant'?",
      })
  void eachErrorIsNamedWithItsLine(String good, String bad, int line, String message)
      throws InvalidYamlException {
    assertThat(GOOD).contains(good);

    assertThat(check(GOOD.replace(good, bad)))
        .anySatisfy(
            finding -> {
              assertThat(finding.message()).contains(message);
              assertThat(finding.line()).isEqualTo(line);
              assertThat(finding.file()).isEqualTo("handlers/good.camel.yaml");
            });
  }

  @Test
  void aSecretIsNotRepeated() throws InvalidYamlException {
    assertThat(check(GOOD.replace("hello", "sk_live_abcdef123")))
        .isNotEmpty()
        .noneMatch(finding -> finding.message().contains("abcdef123"));
  }

  @Test
  void whatIsNoYamlIsNamedWithItsLine() {
    assertThat(finding(GOOD.replace("group: handlers", "group: [handlers")).line()).isEqualTo(6);
    assertThat(finding("").message()).contains("The file is empty");
    assertThat(finding("route: {}").message()).contains("A route file is a list");
  }

  private static Finding finding(String text) {
    try {
      RouteDocument.parse("handlers/bad.camel.yaml", text);
      throw new AssertionError("This was parsed: " + text);
    } catch (InvalidYamlException e) {
      return e.finding();
    }
  }

  @Test
  void twoFilesCanNotHaveOneIdOrPath() throws InvalidYamlException {
    RouteDocument first = RouteDocument.parse("webhooks/a.camel.yaml", webhook("a", "/same"));
    RouteDocument second = RouteDocument.parse("webhooks/b.camel.yaml", webhook("b", "/same"));

    assertThat(new RouteCheck(SURROUNDINGS).check(List.of(second), List.of(first, second)))
        .anyMatch(
            finding ->
                finding
                    .message()
                    .contains("webhook path '/same' is taken, by webhooks/a.camel.yaml:14"));
  }

  @Test
  void aWebhookThatAppendsNothingIsFound() throws InvalidYamlException {
    assertThat(check("webhooks/a.camel.yaml", webhook("a", "/a").replace("uri: event", "uri: log")))
        .anyMatch(finding -> finding.message().contains("takes webhooks and appends none"));
  }

  private static String webhook(String name, String path) {
    return """
    # A webhook.
    - route:
        id: webhook-%1$s
        description: Takes what somebody posts
        group: webhooks
        routeConfigurationId: handler-policy
        from:
          id: webhook-%1$s-in
          description: POST
          uri: inbound
          parameters:
            source: %1$s
            scheme: stripe-v1
            path: %2$s
            type: /type
          steps:
            - to:
                id: webhook-%1$s-append
                description: Append to the event log
                uri: event
    """
        .formatted(name, path);
  }

  @Test
  void aCommentBelowTheFirstEntryIsFound() throws InvalidYamlException {
    assertThat(check(GOOD.replace("    group:", "    # why\n    group:")))
        .singleElement()
        .satisfies(finding -> assertThat(finding.line()).isEqualTo(5));
  }
}
