package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.StripeSender;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What do other keys notice when the deliveries of one key fail again and again? */
@Isolated("it compares latencies")
class StuckKeyIT {

  private static final int MEASURED = 200;
  private static final int KEYS = 20;

  private final HubProcess hub = HubProcess.shared();
  private final Ledger ledger = Ledger.of(hub);

  StuckKeyIT() throws IOException {}

  @Test
  void theyAreAsQuickAsBefore() throws Exception {
    lagOfOthers(); // warms up
    double before = lagOfOthers();
    for (int i = 0; i < KEYS; i++) {
      post("trouble");
    }
    await().until(() -> failed() > 2);
    double beside = lagOfOthers();
    System.out.printf(
        "p95 from receipt to recorded end: %s ms, beside a key that fails %s ms%n", before, beside);
    assertThat(beside).isLessThan(before * 1.10 + 50);
  }

  /** The 95th percentile, in milliseconds, of how long after their receipt events are handled. */
  private double lagOfOthers() throws Exception {
    List<String> keys = new ArrayList<>();
    String mark = UUID.randomUUID().toString();
    for (int i = 0; i < MEASURED; i++) {
      keys.add(post(mark + i % KEYS));
      await().pollDelay(Duration.ofMillis(20)).until(() -> true);
    }
    await()
        .until(
            () ->
                number(
                        """
                        select count(*) from serai.delivery d join serai.event e on e.id = d.event_id
                        where e.key = any(?) and d.state = 'done'
                        """,
                        keys)
                    == MEASURED);
    return number(
        """
        select extract(epoch from percentile_cont(0.95) within group (
          order by d.finished_at - e.received_at)) * 1000
        from serai.delivery d join serai.event e on e.id = d.event_id where e.key = any(?)
        """,
        keys);
  }

  private String post(String key) throws IOException, InterruptedException {
    String event = "evt_" + UUID.randomUUID();
    String body = StripeSender.event(event, "order.timed", "{\"id\":\"%s\"}".formatted(key));
    assertThat(hub.sender().post(body).statusCode()).isEqualTo(200);
    return event;
  }

  private double number(String sql, List<String> keys) {
    return ledger
        .jdbc()
        .sql(sql)
        .param(1, keys.toArray(String[]::new))
        .query(Double.class)
        .single();
  }

  private long failed() {
    return ledger
        .jdbc()
        .sql(
            """
            select count(*) from serai.attempt a
            join serai.subscription s on s.id = a.subscription_id where s.name = 'order-stuck'
            """)
        .query(Long.class)
        .single();
  }

  @AfterEach
  void endTheTrouble() {
    ledger
        .jdbc()
        .sql(
            """
            update serai.delivery d set state = 'cancelled', open = false, token = token + 1
            from serai.subscription s
            where s.id = d.subscription_id and s.name = 'order-stuck' and d.open
            """)
        .update();
  }
}
