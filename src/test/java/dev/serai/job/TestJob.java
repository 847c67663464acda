package dev.serai.job;

import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.event.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Processor;
import org.awaitility.Awaitility;

/** A job whose route is code of the test; closing it takes it away. */
final class TestJob implements AutoCloseable {

  private final TestHub hub;
  private final String name;
  private final TestHandler handler;

  private TestJob(TestHub hub, String name, TestHandler handler) {
    this.hub = hub;
    this.name = name;
    this.handler = handler;
  }

  static TestJob of(TestHub hub) {
    String name = "t" + UUID.randomUUID();
    return new TestJob(hub, name, TestHandler.job(hub, name));
  }

  TestJob with(String option, Object value) {
    handler.with(option, value);
    return this;
  }

  TestJob then(String yaml) {
    handler.then(yaml);
    return this;
  }

  TestJob handle(Processor code) throws Exception {
    handler.handle(code);
    return this;
  }

  String name() {
    return name;
  }

  /** Its next slot. */
  Instant next() {
    return hub.bean(JobTable.class).job(name).nextSlots().getFirst();
  }

  Instant now() {
    return hub.bean(java.time.Clock.class).instant();
  }

  /** As if no hub had been there for so long. */
  void wasAway(Duration time) {
    Instant then = now().minus(time);
    Instant slot = next();
    Duration every =
        TimeSpan.parse(
            "job", "every", String.valueOf(hub.bean(JobTable.class).job(name).plan().every()));
    while (slot.isAfter(then)) {
      slot = slot.minus(every);
    }
    setNext(slot.plus(every));
  }

  void setNext(Instant slot) {
    hub.database()
        .sql("update serai.job set next_at = :slot where name = :name")
        .param("slot", OffsetDateTime.ofInstant(slot, ZoneOffset.UTC))
        .param("name", name)
        .update();
  }

  UUID run(Map<String, ?> parameters) {
    return hub.bean(JobControl.class).run(name, parameters, null, "test");
  }

  List<RunRecord> runs() {
    return hub.bean(RunTable.class).page(name, null, null, null, 1_000);
  }

  RunRecord run(UUID id) {
    return hub.bean(RunTable.class).run(id);
  }

  RunRecord await(UUID id, String state) {
    Awaitility.await().until(() -> run(id).state().equals(state));
    return run(id);
  }

  List<String> awaitStates(String... states) {
    List<String> expected = List.of(states);
    Awaitility.await()
        .until(() -> runs().reversed().stream().map(RunRecord::state).toList().equals(expected));
    return expected;
  }

  @Override
  public void close() throws Exception {
    handler.close();
  }
}
