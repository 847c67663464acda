package dev.serai.job;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What does it cost to find the next slot? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScheduleBenchmark {

  /** Daily, each second, every ten minutes, weekdays, the last of the month, a rare day. */
  @Param({
    "30 2 * * *",
    "* * * * * *",
    "*/10 * * * *",
    "0 9 * * MON-FRI",
    "0 0 L * *",
    "0 0 29 2 *",
    "1-59 * 2 * * *",
    "1-59 * * * * *",
  })
  public String cron = "";

  /** An ordinary afternoon, and the last moment before the clock is put forward. */
  @Param({"2026-11-21T15:20:00Z", "2026-03-29T00:59:59Z"})
  public String after = "";

  private Schedule schedule = new Once(Instant.EPOCH);
  private Instant moment = Instant.EPOCH;

  @Setup
  public void prepare() {
    schedule = Objects.requireNonNull(Schedule.of(cron, "Europe/Berlin", "", "", "", ""));
    moment = Instant.parse(after);
  }

  @Benchmark
  public Optional<Instant> next() {
    return schedule.next(moment);
  }
}
