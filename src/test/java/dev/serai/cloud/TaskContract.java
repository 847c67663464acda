package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What do routes rely on when they make tasks, on every cloud? */
abstract class TaskContract {

  abstract TestHub hub();

  Tasks tasks(Partner partner, Map<String, String> options) throws Exception {
    return new Tasks(hub(), partner.url(), options);
  }

  @Test
  void aTaskIsTheRequestThatItWasMadeOf() throws Exception {
    String name = Tasks.name();
    Map<String, String> options =
        Map.of(
            "method",
            "PUT",
            "contentType",
            "text/plain",
            "headers",
            "X-A: 1|X-B: of ${header.name}");
    try (Partner partner = Partner.start().answer(200);
        Tasks tasks = tasks(partner, options)) {
      assertThat(tasks.create(name, "na\u00efve").path("status").asText()).isEqualTo("created");
      await().until(() -> !partner.posts().isEmpty());
      Partner.Post post = partner.posts().getFirst();
      assertThat(post.method()).isEqualTo("PUT");
      assertThat(post.uri()).isEqualTo("/hooks");
      assertThat(post.text()).isEqualTo("na\u00efve");
      assertThat(post.header("Content-type")).startsWith("text/plain");
      assertThat(post.header("X-a")).isEqualTo("1");
      assertThat(post.header("X-b")).isEqualTo("of " + name);
      assertThat(post.header("X-cloudtasks-taskname")).isEqualTo(name);
      assertThat(post.header("X-cloudtasks-queuename")).isEqualTo("default");
      assertThat(post.header("X-cloudtasks-taskretrycount")).isEqualTo("0");
      assertThat(post.header("X-cloudtasks-taskexecutioncount")).isEqualTo("0");
      assertThat(post.header("X-cloudtasks-tasketa")).matches("\\d+(\\.\\d+)?");
      assertThat(post.headers()).doesNotContainKeys("Name", "Camelhttpuri");
    }
  }

  @Test
  void bytesAreSentAsTheyAreAndAGetHasNone() throws Exception {
    try (Partner partner = Partner.start().answer(200);
        Tasks posting = tasks(partner, Map.of("contentType", "application/octet-stream"));
        Tasks getting = tasks(partner, Map.of("method", "GET"))) {
      posting.create("", new byte[] {0, -1});
      await().until(() -> partner.posts().size() == 1);
      assertThat(partner.posts().getFirst().body()).containsExactly(0, -1);
      getting.create("", "not sent");
      await().until(() -> partner.posts().size() == 2);
      assertThat(partner.posts().getLast().method()).isEqualTo("GET");
      assertThat(partner.posts().getLast().body()).isEmpty();
    }
  }

  @Test
  void aTaskWaitsForItsTime() throws Exception {
    List<Instant> arrived = new CopyOnWriteArrayList<>();
    try (Partner partner =
            Partner.start()
                .answer(
                    exchange -> {
                      arrived.add(Instant.now());
                      exchange.sendResponseHeaders(204, -1);
                    });
        Tasks tasks = tasks(partner, Map.of("delay", "${header.name.length()}00ms"))) {
      tasks.create("tentenchar" + Long.toString(System.nanoTime(), 36), "{}");
      await().until(() -> arrived.size() == 1);
      String eta = partner.posts().getFirst().header("X-cloudtasks-tasketa");
      long due = new BigDecimal(eta).movePointRight(3).longValue();
      assertThat(arrived.getFirst().toEpochMilli()).isGreaterThanOrEqualTo(due - 5);
    }
  }

  @Test
  void ofTasksWithOneNameOnlyTheFirstIsMade() throws Exception {
    String name = Tasks.name();
    try (Partner partner = Partner.start().answer(200);
        Tasks tasks = tasks(partner, Map.of());
        Tasks strict = tasks(partner, Map.of("onExists", "fail"))) {
      assertThat(tasks.create(name, "1").path("name").asText()).isEqualTo(name);
      await().until(() -> partner.posts().size() == 1);
      assertThat(tasks.create(name, "2").path("status").asText()).isEqualTo("exists");
      assertThatThrownBy(() -> strict.create(name, "3"))
          .isInstanceOf(TaskExistsException.class)
          .hasMessageContaining(name);
      String next = Tasks.name();
      tasks.create(next, "4");
      await().until(() -> partner.posts().size() == 2);
      assertThat(partner.posts().stream().map(Partner.Post::text)).containsExactly("1", "4");
    }
  }

  @Test
  void whatIsNotAnsweredWithSuccessIsSentAgain() throws Exception {
    try (Partner partner = Partner.start().answer(500).answer(404).answer(200);
        Tasks tasks = tasks(partner, Map.of())) {
      tasks.create("", "{}");
      await().until(() -> partner.posts().size() == 3);
      for (String header : List.of("retrycount", "executioncount")) {
        assertThat(partner.posts().stream().map(post -> post.header("X-cloudtasks-task" + header)))
            .containsExactly("0", "1", "2");
      }
      assertThat(
              partner.posts().stream().map(post -> post.header("X-cloudtasks-taskname")).distinct())
          .hasSize(1);
    }
  }

  @Test
  void aTaskThatWaitsCanBeDeletedAndItsNameStaysTaken() throws Exception {
    String name = Tasks.name();
    try (Partner partner = Partner.start().answer(200);
        Tasks later = tasks(partner, Map.of("delay", "1h"));
        Tasks now = tasks(partner, Map.of())) {
      later.create(name, "{}");
      String unnamed = later.create("", "{}").path("name").asText();
      assertThat(later.delete(name).path("status").asText()).isEqualTo("deleted");
      assertThat(later.delete(unnamed).path("status").asText()).isEqualTo("deleted");
      assertThat(later.delete(name).path("status").asText()).isEqualTo("missing");
      assertThat(later.delete(Tasks.name()).path("status").asText()).isEqualTo("missing");
      assertThat(now.create(name, "{}").path("status").asText()).isEqualTo("exists");
      assertThat(partner.posts()).isEmpty();
    }
  }

  @Test
  void aTaskThatHasBegunIsNotDeleted() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    String name = Tasks.name();
    try (Partner partner =
            Partner.start()
                .answer(
                    exchange -> {
                      answered.await();
                      exchange.sendResponseHeaders(204, -1);
                    });
        Tasks tasks = tasks(partner, Map.of())) {
      tasks.create(name, "{}");
      await().until(() -> partner.posts().size() == 1);
      assertThat(tasks.delete(name).path("status").asText()).isEqualTo("running");
      answered.countDown();
      await().until(() -> tasks.delete(name).path("status").asText().equals("missing"));
      assertThat(partner.posts()).hasSize(1);
    }
  }

  @Test
  void theCallerKeepsItsMessageAndGetsTheResult() throws Exception {
    try (Partner partner = Partner.start().answer(200);
        Tasks tasks = tasks(partner, Map.of())) {
      Exchange sent = tasks.send("", "mine");
      assertThat(sent.getException()).isNull();
      assertThat(sent.getMessage().getBody()).isEqualTo("mine");
      assertThat(sent.getMessage().getHeaders()).containsOnlyKeys("name");
      assertThat(sent.getVariables()).containsOnlyKeys("serai.result");
      assertThat(sent.getProperties().keySet()).noneMatch(name -> name.startsWith("Serai"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          url;     not a url;           'url' gives no URL
          url;     ftp://partner.test;  'url' gives no URL
          name;    with space;          'name' gives 'with space'
          delay;   soon;                'delay' is 'soon'
          at;      tomorrow;            'at' is 'tomorrow'
          headers; X-A: ${body};        header 1 must be written
          """)
  void whatCanBeNoTaskIsRefusedAndNamed(String option, String value, String told) throws Exception {
    try (Partner partner = Partner.start().answer(200);
        Tasks tasks = tasks(partner, Map.of(option, value))) {
      assertThat(tasks.send("", "two\nlines").getException()).hasMessageContaining(told);
      assertThat(partner.posts()).isEmpty();
    }
  }

  @Test
  void aTaskThatIsTooBigIsRefused() throws Exception {
    try (Partner partner = Partner.start().answer(200);
        Tasks tasks = tasks(partner, Map.of())) {
      assertThat(tasks.send("", new byte[1_048_577]).getException())
          .hasMessageContaining("1048577 bytes; a task takes 1048576 at most");
    }
  }
}
