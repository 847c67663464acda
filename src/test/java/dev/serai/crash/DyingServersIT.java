package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What do providers and handlers notice when Redis or PostgreSQL is killed under load? */
@ResourceLock(HubProcess.SHARED)
class DyingServersIT {

  private static final Duration HANDLED = Duration.ofSeconds(40 + 2L * Rounds.COUNT);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final HubProcess hub = HubProcess.shared();
  private final Ledger ledger = Ledger.of(hub);
  private final long repeatsBefore = ledger.repeats("plain");

  DyingServersIT() throws IOException {}

  @Test
  void withoutRedisEveryWebhookIsAcceptedAndHandledOnceItIsBack() {
    Rounds rounds = new Rounds("kill -9 of Redis");
    Load load = Load.on(hub, "ledger.counted");
    try (load) {
      killAtSomeMoments(rounds, hub::redis, load);
    }
    assertThat(load.refusals()).isEmpty();
    assertThat(load.unanswered()).isEmpty();
    ledger.awaitHandled(HANDLED, load.acknowledged());
    assertThat(ledger.repeats("once")).isZero();
    assertThat(ledger.repeats("plain"))
        .as("nothing was in PostgreSQL's way")
        .isEqualTo(repeatsBefore);
  }

  @Test
  void withoutPostgresProvidersAreToldSoonToComeAgainAndNothingTakenIsLost() {
    Rounds rounds = new Rounds("kill -9 of PostgreSQL");
    Load load = Load.on(hub, "ledger.counted");
    try (load) {
      killAtSomeMoments(rounds, hub::postgres, load);
    }
    List<Load.Refusal> refusals = load.refusals();
    long slowest = refusals.stream().mapToLong(Load.Refusal::millis).max().orElseThrow();
    System.out.printf(
        "%s acknowledged, %s refused, the slowest refusal took %s ms%n",
        load.acknowledged().size(), refusals.size(), slowest);
    assertThat(refusals).allMatch(refusal -> refusal.status() == 503 && refusal.retryAfter());
    assertThat(slowest).as("a second is promised, the rest is this machine's").isLessThan(2_000);
    assertThat(load.unanswered()).isEmpty();
    ledger.awaitHandled(HANDLED, load.acknowledged());
    assertThat(ledger.repeats("once")).isZero();
    assertThat(ledger.repeats("plain") - repeatsBefore)
        .isLessThanOrEqualTo((long) Rounds.COUNT * Rounds.IN_FLIGHT);
  }

  /** Each time, returns to killing when a new server runs and a webhook was accepted since. */
  private void killAtSomeMoments(Rounds rounds, Supplier<OptionalLong> server, Load load) {
    for (int i = 0; i < Rounds.COUNT; i++) {
      rounds.awaitMoment();
      long killed = server.get().orElseThrow();
      Servers.kill9(OptionalLong.of(killed));
      await().atMost(SOON).until(() -> server.get().orElse(killed) != killed);
      int before = load.acknowledged().size();
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(load.acknowledged()).as(hub::tail).hasSizeGreaterThan(before));
    }
  }
}
