package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What do other subscriptions notice when every worker of one of them hangs? */
@Isolated("it compares latencies")
class HangingHandlerIT {

  private static final int MEASURED = 200;
  private static final int HANGING = 8;

  private final HubProcess hub = HubProcess.shared();
  private final Ledger ledger = Ledger.of(hub);

  HangingHandlerIT() throws IOException {}

  @Test
  void anotherSubscriptionIsAsQuickAsBefore() throws Exception {
    lagOfOthers(); // warms up
    double before = lagOfOthers();
    List<String> stuck = new ArrayList<>();
    for (int i = 0; i < HANGING * 3; i++) {
      stuck.add(Load.post(hub, "trouble.hang"));
    }
    await().until(() -> running(stuck) >= HANGING);
    double beside = lagOfOthers();
    System.out.printf(
        "p95 from receipt to recorded end: %s ms, beside hanging handlers %s ms%n", before, beside);
    assertThat(running(stuck)).as("they still hang").isGreaterThanOrEqualTo(HANGING);
    assertThat(beside).isLessThan(before * 1.10 + 50);
  }

  /** The 95th percentile, in milliseconds, of how long after their receipt events are handled. */
  private double lagOfOthers() {
    Load load = Load.trickleOn(hub, "ledger.timed");
    try (load) {
      await().until(() -> load.acknowledged().size() >= MEASURED);
    }
    await().until(() -> ledger.missing("plain", load.acknowledged()) == 0);
    return ledger
        .jdbc()
        .sql(
            """
            select extract(epoch from percentile_cont(0.95) within group (
              order by d.finished_at - e.received_at)) * 1000
            from serai.delivery d join serai.event e on e.id = d.event_id
            where e.id::text = any(?) and d.state = 'done'
            """)
        .param(1, load.acknowledged().toArray(String[]::new))
        .query(Double.class)
        .single();
  }

  private long running(List<String> events) {
    return ledger
        .jdbc()
        .sql(
            "select count(*) from serai.delivery where state = 'running' and event_id::text ="
                + " any(?)")
        .param(1, events.toArray(String[]::new))
        .query(Long.class)
        .single();
  }

  /** Their connections are cut until the last of them is a dead letter. */
  @AfterEach
  void endTheHanging() {
    await()
        .until(
            () -> {
              ledger
                  .jdbc()
                  .sql(
                      """
                      select count(pg_terminate_backend(pid)) from pg_stat_activity
                      where state = 'active' and query like 'select ''trouble''%'
                      """)
                  .query(Long.class)
                  .single();
              return ledger
                      .jdbc()
                      .sql(
                          """
                          select count(*) from serai.delivery d
                          join serai.subscription s on s.id = d.subscription_id
                          where s.name = 'trouble-hang' and d.open
                          """)
                      .query(Long.class)
                      .single()
                  == 0;
            });
  }
}
