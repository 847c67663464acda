package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tasks.v2.HttpMethod;
import com.google.cloud.tasks.v2.Task;
import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleTasks;
import dev.serai.cloud.tasks.GoogleCloudTasksConstants;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does the component do what its page says? */
class GoogleCloudTasksTest {

  private static final String QUEUE =
      "projects/acme-test-1/locations/asia-south1/queues/callbacks/tasks/";

  private static Exchange send(String options, @Nullable Object body, Map<String, Object> headers)
      throws Exception {
    Exchange sent =
        TaskHub.shared()
            .camel()
            .createProducerTemplate()
            .send(
                "google-cloud-tasks:callbacks?" + options,
                exchange -> {
                  exchange.getMessage().setBody(body);
                  exchange.getMessage().setHeaders(new HashMap<>(headers));
                });
    if (sent.getException() != null) {
      throw sent.getException();
    }
    return sent;
  }

  private static String header(Exchange exchange, String name) {
    return exchange.getMessage().getHeader(name, String.class);
  }

  @Test
  void aTaskHasAllThatItsOptionsAndHeadersSay() throws Exception {
    Exchange made =
        send(
            "url=https://partner.example/x&delay=10m&header.X-Order=42&dispatchDeadline=90s"
                + "&oidcServiceAccount=a@b.example",
            "data",
            Map.of("Content-Type", "text/plain"));
    Task task = GoogleTasks.service().task(header(made, GoogleCloudTasksConstants.FULL_NAME));
    assertThat(header(made, GoogleCloudTasksConstants.STATUS)).isEqualTo("created");
    assertThat(made.getMessage().getBody()).isEqualTo("data");
    assertThat(task.getHttpRequest().getUrl()).isEqualTo("https://partner.example/x");
    assertThat(task.getHttpRequest().getHttpMethod()).isEqualTo(HttpMethod.POST);
    assertThat(task.getHttpRequest().getBody().toStringUtf8()).isEqualTo("data");
    assertThat(task.getHttpRequest().getHeadersMap())
        .containsEntry("X-Order", "42")
        .containsEntry("Content-Type", "text/plain");
    assertThat(task.getHttpRequest().getOidcToken().getServiceAccountEmail())
        .isEqualTo("a@b.example");
    assertThat(task.getHttpRequest().getOidcToken().getAudience()).isEqualTo(TaskHub.AUDIENCE);
    assertThat(task.getDispatchDeadline().getSeconds()).isEqualTo(90);
    assertThat(Instant.ofEpochSecond(task.getScheduleTime().getSeconds()))
        .isBetween(
            Instant.now().plus(Duration.ofMinutes(9)), Instant.now().plus(Duration.ofMinutes(11)));
  }

  @Test
  void aTokenOfOneKindAtMostGoesWithIt() throws Exception {
    Exchange oauth =
        send(
            "url=https://run.googleapis.com/v2&method=GET&delay=1h&oauthServiceAccount=a@b.example",
            null,
            Map.of());
    Task task = GoogleTasks.service().task(header(oauth, GoogleCloudTasksConstants.FULL_NAME));
    assertThat(task.getHttpRequest().hasOidcToken()).isFalse();
    assertThat(task.getHttpRequest().getOauthToken().getScope()).contains("cloud-platform");
    assertThat(task.getHttpRequest().getBody().isEmpty()).isTrue();
    Exchange own =
        send(
            "url=https://partner.example&delay=1h",
            "{}",
            Map.of(
                GoogleCloudTasksConstants.HEADERS,
                Map.of("authorization", "Bearer of-the-author")));
    assertThat(
            GoogleTasks.service()
                .task(header(own, GoogleCloudTasksConstants.FULL_NAME))
                .getHttpRequest()
                .hasOidcToken())
        .isFalse();
  }

  @Test
  void aNameThatBreaksTheRulesIsMadeToFitAndStaysUnique() throws Exception {
    String order = UUID.randomUUID() + " order/é ";
    Map<String, Object> named = Map.of(GoogleCloudTasksConstants.TASK_NAME, order + "1");
    Exchange made = send("url=https://partner.example&delay=1h", "{}", named);
    assertThat(header(made, GoogleCloudTasksConstants.TASK_NAME)).matches("[A-Za-z0-9_-]{1,400}");
    Exchange again = send("url=https://partner.example&delay=1h", "{}", named);
    assertThat(header(again, GoogleCloudTasksConstants.STATUS)).isEqualTo("exists");
    Exchange other =
        send(
            "url=https://partner.example&delay=1h",
            "{}",
            Map.of(GoogleCloudTasksConstants.TASK_NAME, order.replace('/', ' ') + "1"));
    assertThat(header(other, GoogleCloudTasksConstants.STATUS)).isEqualTo("created");
    Exchange lengthy =
        send("url=https://partner.example&delay=1h&name=" + "x".repeat(401), "{}", Map.of());
    assertThat(header(lengthy, GoogleCloudTasksConstants.TASK_NAME)).hasSizeLessThan(401);
    assertThat(header(send("operation=delete", null, named), GoogleCloudTasksConstants.STATUS))
        .isEqualTo("deleted");
    assertThat(header(send("operation=delete", null, named), GoogleCloudTasksConstants.STATUS))
        .isEqualTo("missing");
    assertThatThrownBy(() -> send("url=https://partner.example&onExists=fail", "{}", named))
        .isInstanceOf(TaskExistsException.class);
  }

  @Test
  void aTaskIsGotAsJsonAndAllAreListedByPages() throws Exception {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      Exchange task = send("url=https://partner.example&delay=1h", "{}", Map.of());
      made.add(header(task, GoogleCloudTasksConstants.FULL_NAME));
    }
    ObjectMapper json = new ObjectMapper();
    String name = made.iterator().next();
    Exchange got = send("operation=get&name=" + name.substring(QUEUE.length()), null, Map.of());
    assertThat(json.readTree(got.getMessage().getBody(String.class)).path("name").asText())
        .isEqualTo(name);
    Exchange none = send("operation=get&name=none", "in", Map.of());
    assertThat(header(none, GoogleCloudTasksConstants.STATUS)).isEqualTo("missing");
    assertThat(none.getMessage().getBody()).isNull();
    Set<String> listed = new HashSet<>();
    Map<String, Object> page = Map.of();
    do {
      Exchange list = send("operation=list&pageSize=2", null, page);
      JsonNode tasks = json.readTree(list.getMessage().getBody(String.class)).path("tasks");
      assertThat(tasks.size()).isBetween(1, 2);
      tasks.forEach(task -> listed.add(task.path("name").asText()));
      String token = header(list, GoogleCloudTasksConstants.PAGE_TOKEN);
      page = token == null ? Map.of() : Map.of(GoogleCloudTasksConstants.PAGE_TOKEN, token);
    } while (!page.isEmpty());
    assertThat(listed).containsAll(made);
  }

  @ParameterizedTest
  @CsvSource({
    "url=https://a.example&pageSize=0, 'pageSize' is '0'",
    "url=https://a.example&onExists=maybe, 'onExists' is 'maybe'",
    "url=https://a.example&dispatchDeadline=1s, 'dispatchDeadline'",
    "oauthServiceAccount=a@b.c&oidcServiceAccount=a@b.c, 'oauthServiceAccount'",
    "delay=1s, there is no URL",
    "url=https://a.example&method=TRACE, the method is 'TRACE'",
    "url=https://a.example&delay=31d, more than 30 days ahead",
    "operation=delete, 'name'",
  })
  void whatCanNotBeIsNamed(String options, String told) {
    assertThatThrownBy(() -> send(options, "{}", Map.of())).hasStackTraceContaining(told);
  }

  @Test
  void aTaskThatIsTooBigWithItsHeadersIsRefused() {
    assertThatThrownBy(() -> send("url=https://a.example", new byte[1024 * 1024 - 10], Map.of()))
        .hasMessageContaining("Cloud Tasks takes 1048576 at most");
  }

  @Test
  void itIsNoInput() {
    TestHub hub = TaskHub.shared();
    assertThatThrownBy(
            () ->
                hub.routes(
                    """
                    - route:
                        id: tasks-as-input
                        from:
                          uri: google-cloud-tasks:default
                          steps: [{log: {id: tasks-as-input-log, message: never}}]
                    """))
        .hasStackTraceContaining("google-oidc");
  }
}
