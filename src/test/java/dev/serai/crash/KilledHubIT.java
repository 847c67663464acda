package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What is lost or repeated when the hub is killed under load, alone, by an event, with all? */
@ResourceLock(HubProcess.SHARED)
class KilledHubIT {

  private final Rounds rounds = new Rounds("kill -9 of the hub");

  @Test
  void everyAcknowledgedEventIsHandledAndOnlyWhatWasInFlightIsRepeated() throws Exception {
    HubProcess hub = HubProcess.shared();
    Ledger ledger = Ledger.of(hub);
    long repeatsBefore = ledger.repeats("plain");
    int launches = hub.launches();
    Load load = Load.on(hub, "ledger.counted");
    String poison;
    try (load) {
      rounds.awaitMoment();
      poison = Load.post(hub, "trouble.halt");
      for (int i = 0; i < Rounds.COUNT; i++) {
        killAtSomeMoment(hub, i % 3 == 2);
      }
      awaitDeadLetter(hub, poison);
      // Some of it comes to a hub that stays.
      rounds.awaitMoment();
    }
    int deaths = hub.launches() - launches;
    System.out.printf(
        "%s acknowledged over %s deaths of the hub%n", load.acknowledged().size(), deaths);
    assertThat(load.acknowledged()).isNotEmpty();
    assertThat(load.refusals())
        .as("while it starts")
        .allMatch(refusal -> refusal.status() == 503 && refusal.retryAfter());
    ledger.awaitHandled(Duration.ofSeconds(60), load.acknowledged());
    assertThat(ledger.repeats("once")).isZero();
    assertThat(ledger.repeats("plain") - repeatsBefore)
        .isLessThanOrEqualTo((long) deaths * Rounds.IN_FLIGHT);
    assertThat(
            ledger
                .jdbc()
                .sql(
                    "select cause, count(*) from serai.attempt where event_id::text = ? group by 1")
                .param(1, poison)
                .query()
                .singleRow())
        .isEqualTo(Map.of("cause", "hub-lost", "count", 2L));
  }

  private void killAtSomeMoment(HubProcess hub, boolean withServers)
      throws IOException, InterruptedException {
    hub.ensureReady();
    rounds.awaitMoment();
    hub.kill9();
    if (withServers) {
      Servers.kill9(hub.postgres());
      Servers.kill9(hub.redis());
    }
  }

  /** Whatever runs the hub starts it again each time it dies. */
  private static void awaitDeadLetter(HubProcess hub, String event) {
    await()
        .atMost(Duration.ofSeconds(150))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () ->
                assertThat(
                        Ledger.of(hub.ensureReady())
                            .jdbc()
                            .sql("select state, cause from serai.delivery where event_id::text = ?")
                            .param(1, event)
                            .query()
                            .singleRow())
                    .isEqualTo(Map.of("state", "dead", "cause", "hub-lost")));
  }
}
