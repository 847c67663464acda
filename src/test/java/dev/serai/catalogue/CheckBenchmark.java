package dev.serai.catalogue;

import dev.serai.event.NewEvent;
import dev.serai.event.SchemaViolationException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does the check of an event of 1.3 KB cost? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CheckBenchmark {

  private static final String DATA =
      """
      {"id": "run-1042", "workspace": "acme", "agent": "researcher", "status": "%s",
       "started_at": "2026-11-20T18:00:00Z", "ended_at": "2026-11-20T18:00:42Z",
       "duration_ms": 42000, "tokens_in": 5200, "tokens_out": 900, "cost": 0.021,
       "currency": "usd", "steps": [%s]}
      """;

  private final CatalogueCheck check =
      new CatalogueCheck(
          Catalogue.of(Path.of("routes")),
          new CheckSettings(null, List.of(), List.of()).modes(),
          new CheckMetrics(new SimpleMeterRegistry()),
          new Seen(),
          Clock.systemUTC());
  private final NewEvent valid = event("agent.executed", "succeeded");
  private final NewEvent wrong = event("agent.executed", "unheard of");
  private final NewEvent untyped = event("agent.planned", "succeeded");

  private static NewEvent event(String type, String status) {
    String step = "{\"name\": \"search the web\", \"tokens\": 310, \"ms\": 1200},";
    String steps = step.repeat(18);
    byte[] body =
        DATA.formatted(status, steps.substring(0, steps.length() - 1))
            .getBytes(StandardCharsets.UTF_8);
    return new NewEvent(
        "serai",
        type,
        "k",
        null,
        null,
        Instant.EPOCH,
        "application/json",
        body,
        null,
        null,
        null,
        0,
        null);
  }

  /** Data that fits, parsed and checked. */
  @Benchmark
  public void valid() {
    check.check(valid);
  }

  /** Data that is refused. */
  @Benchmark
  public Object refused() {
    try {
      check.check(wrong);
      throw new IllegalStateException("It was not refused");
    } catch (SchemaViolationException e) {
      return e;
    }
  }

  /** A type without a schema. */
  @Benchmark
  public void untyped() {
    check.check(untyped);
  }
}
