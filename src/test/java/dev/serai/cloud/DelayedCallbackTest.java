package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.TestLog;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Does a callback come when it should, once, although the hub that planned it has gone? */
@Execution(ExecutionMode.CONCURRENT)
class DelayedCallbackTest {

  @Test
  void anOrderIsCalledBackOnceAndACancelledOneNever() throws Exception {
    List<Instant> arrived = new CopyOnWriteArrayList<>();
    String order = UUID.randomUUID().toString();
    String cancelled = UUID.randomUUID().toString();
    try (Partner partner =
        Partner.start()
            .answer(
                exchange -> {
                  arrived.add(Instant.now());
                  exchange.sendResponseHeaders(204, -1);
                })) {
      try (TestHub planner =
              TestHub.shared()
                  .another(
                      Map.of(
                          "partner.callback-url", partner.url(), "partner.callback-delay", "4s"));
          TestHub.Routes example =
              planner.routes(
                  Files.readString(Path.of("docs", "examples", "delayed-callback.camel.yaml")))) {
        assertThat(example).isNotNull();
        TestLog log = TestLog.of(planner);
        log.awaitState(append(log, "order.placed", cancelled), "sink-callback", "done");
        UUID event = append(log, "order.cancelled", cancelled);
        log.awaitState(event, "sink-callback-cancel", "done");
        assertThat(log.delivery(event, "sink-callback-cancel").result())
            .contains("\"status\" : \"deleted\"");
        log.awaitState(append(log, "order.placed", order), "sink-callback", "done");
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> !arrived.isEmpty());
      Partner.Post post = partner.posts().getFirst();
      assertThat(post.header("X-order")).isEqualTo(order);
      assertThat(post.header("X-cloudtasks-taskname")).isEqualTo("callback-" + order);
      assertThat(post.text()).isEqualTo("{}");
      BigDecimal eta = new BigDecimal(post.header("X-cloudtasks-tasketa"));
      assertThat(arrived.getFirst().toEpochMilli())
          .isGreaterThanOrEqualTo(eta.movePointRight(3).longValue() - 5);
      await().until(() -> states(order).equals(List.of("done")));
      assertThat(states(cancelled)).containsExactly("cancelled");
      assertThat(partner.posts()).hasSize(1);
    }
  }

  private static UUID append(TestLog log, String type, String order) {
    return log.append(TestLog.event(type, order)).id();
  }

  private static List<String> states(String order) {
    return TestHub.shared()
        .database()
        .sql(
            """
            select d.state from serai.delivery d join serai.event e on e.id = d.event_id
            where e.type = 'task.default' and e.subject = :name
            """)
        .param("name", "callback-" + order)
        .query(String.class)
        .list();
  }
}
