package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the slots of three hours in which no hub was there? */
@EngineTurn
class CatchUpTest {

  private static final Duration AWAY = Duration.ofHours(3);

  private final TestHub hub = TestHub.engine();

  @ParameterizedTest
  @CsvSource({"none, 0", "once, 1", "all, 18"})
  void eachRunHasItsSlot(String policy, int runs) throws Exception {
    try (var job =
        TestJob.of(hub)
            .with("every", "10m")
            .with("catchUp", policy)
            .with("grace", "0s")
            .handle(exchange -> {})) {
      Instant next = job.next();
      job.wasAway(AWAY);
      await().until(() -> job.next().isAfter(job.now()));
      List<RunRecord> made = job.runs();
      assertThat(made).hasSize(runs).allMatch(run -> run.kind().equals("catch-up"));
      for (int i = 0; i < runs; i++) {
        assertThat(made.get(i).slot()).isEqualTo(next.minus(Duration.ofMinutes(10L * (i + 1))));
      }
      await().until(() -> job.runs().stream().allMatch(run -> run.state().equals("done")));
    }
  }

  @Test
  void aWindowLimitsHowOldASlotMayBe() throws Exception {
    try (var job =
        TestJob.of(hub)
            .with("every", "10m")
            .with("catchUp", "window")
            .with("catchUpWindow", "1h")
            .with("grace", "0s")
            .handle(exchange -> {})) {
      job.wasAway(AWAY);
      await().until(() -> job.next().isAfter(job.now()));
      assertThat(job.runs()).hasSize(6);
    }
  }
}
