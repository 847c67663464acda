package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of a slot, and what is known of its run? */
@EngineTurn
class RunsTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void eachSlotOfAnIntervalHasOneRun() throws Exception {
    List<Instant> slots = new CopyOnWriteArrayList<>();
    try (var job =
        TestJob.of(hub)
            .with("every", "1s")
            .handle(
                exchange ->
                    slots.add(
                        Instant.parse(
                            String.valueOf(exchange.getVariable("job", Map.class).get("slot")))))) {
      await().until(() -> slots.size() >= 4);
      List<Instant> known = List.copyOf(slots);
      for (int i = 1; i < known.size(); i++) {
        assertThat(known.get(i)).isEqualTo(known.get(i - 1).plusSeconds(1));
      }
      RunRecord first = job.runs().getLast();
      assertThat(first.slot()).isEqualTo(known.getFirst());
      assertThat(first.kind()).isEqualTo("scheduled");
      assertThat(first.attempts()).isOne();
    }
  }

  @Test
  void aRunSaysHowFarItIsAndWhatItDoes() throws Exception {
    try (var job =
        TestJob.of(hub)
            .with("parameters", "days:integer=30")
            .then(
                """
                - to: {id: half, uri: job, parameters: {progress: "50", message: "half of it"}}
                - to: {id: line, uri: job, parameters: {log: "days ${variable.job[parameters][days]}"}}
                - setVariable: {id: result, name: serai.result, constant: "all of it"}
                """)
            .handle(exchange -> {})) {
      UUID id = job.run(Map.of("days", 7));
      RunRecord run = job.await(id, "done");
      assertThat(run.progress()).isEqualTo(50);
      assertThat(run.message()).isEqualTo("half of it");
      assertThat(run.result()).isEqualTo("all of it");
      assertThat(run.kind()).isEqualTo("manual");
      assertThat(run.requestedBy()).isEqualTo("test");
      assertThat(hub.bean(RunTable.class).lines(id, 0, 10))
          .extracting(RunTable.Line::line)
          .containsExactly("days 7");
    }
  }

  @Test
  void aFailedRunIsRepeatedAndKnowsItsAttempts() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    try (var job =
        TestJob.of(hub)
            .with("backoff", "10ms")
            .handle(
                exchange -> {
                  if (tries.incrementAndGet() < 3) {
                    throw new IllegalStateException("not yet");
                  }
                })) {
      UUID id = job.run(Map.of());
      assertThat(job.await(id, "done").attempts()).isEqualTo(3);
    }
  }

  @Test
  void aParameterOfTheWrongTypeIsRefusedByName() throws Exception {
    try (var job = TestJob.of(hub).with("parameters", "days:integer=30").handle(exchange -> {})) {
      assertThatThrownBy(() -> job.run(Map.of("days", "many")))
          .hasMessage("Parameter 'days' is 'many'; it must be a whole number such as 30");
      assertThatThrownBy(() -> job.run(Map.of("weeks", 3)))
          .hasMessage("Parameter 'weeks' is unknown; the job has [days]");
      assertThat(job.runs()).isEmpty();
    }
  }

  @Test
  void whatANewerHubSaysOfAJobBesideDisturbsNobody() throws Exception {
    try (var job = TestJob.of(hub).with("every", "1h").handle(exchange -> {})) {
      hub.database()
          .sql("update serai.job set definition = definition || '{\"newer\":1}' where name = :name")
          .param("name", job.name())
          .update();
      Instant slot = job.now().minusSeconds(1);
      job.setNext(slot);
      await().until(() -> job.runs().size() == 1);
      assertThat(job.runs().getFirst().kind()).isEqualTo("scheduled");
    }
  }
}
