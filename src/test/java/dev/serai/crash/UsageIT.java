package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Is the total exact when the hub and Redis are killed while it is counted? */
@ResourceLock(HubProcess.SHARED)
class UsageIT {

  private static final int WRITERS = 8;
  private static final int INCREMENTS = Integer.getInteger("serai.increments", 20_000);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final HubProcess hub = HubProcess.shared();
  private final Rounds rounds = new Rounds("kill -9 of the hub or Redis while usage is counted");
  private final String workspace = "w-" + UUID.randomUUID();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();

  UsageIT() throws IOException {}

  @Test
  void theTotalIsWhatWasAcknowledged() throws Exception {
    long begin = System.nanoTime();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        UsageSender sender = new UsageSender(hub, workspace, i);
        all.add(writers.submit(() -> write(sender)));
      }
      for (int i = 1; i <= Rounds.COUNT; i++) {
        long moment = (long) INCREMENTS * i / (Rounds.COUNT + 1);
        await().atMost(Duration.ofMinutes(10)).until(() -> acknowledged.get() >= moment);
        kill(i);
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    System.out.printf(
        "%s increments in %s s over %s kills: %s sent again and known, %s requests unanswered%n",
        INCREMENTS,
        Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
        Rounds.COUNT,
        duplicates,
        unanswered);
    assertTotal();
  }

  private void write(UsageSender sender) {
    Random sizes = new Random(sender.number());
    int mine = INCREMENTS / WRITERS + (sender.number() < INCREMENTS % WRITERS ? 1 : 0);
    int largest = Math.clamp(INCREMENTS / 500, 2, 400);
    for (int from = 0; from < mine; ) {
      int to = Math.min(mine, from + 1 + sizes.nextInt(largest));
      UsageSender.Counted counted = sender.sendUntilAnswered(from, to, unanswered);
      assertThat(counted.fresh() + counted.known()).isEqualTo(to - from);
      duplicates.addAndGet(counted.known());
      acknowledged.addAndGet(to - from);
      from = to;
    }
  }

  private void kill(int round) throws IOException, InterruptedException {
    if (round % 2 == 1) {
      hub.kill9();
      hub.ensureReady();
      return;
    }
    long killed = hub.redis().orElseThrow();
    Servers.kill9(OptionalLong.of(killed));
    await().atMost(SOON).until(() -> hub.redis().orElse(killed) != killed);
  }

  private void assertTotal() throws IOException {
    JsonNode report = report("");
    assertThat(report.at("/total/records").asLong()).isEqualTo(INCREMENTS);
    assertThat(report.at("/total/tokens").asLong()).isEqualTo(INCREMENTS);
    assertThat(new BigDecimal(report.at("/total/cost").asText()))
        .isEqualByComparingTo(UsageSender.COST.multiply(BigDecimal.valueOf(INCREMENTS)));
    assertThat(Stream.of("agents", "days").map(part -> sum(report.path(part))))
        .containsOnly((long) INCREMENTS);
    assertThat(report.path("agents")).hasSize(WRITERS);
    assertThat(report("/check").at("/tokens/used").asLong()).isEqualTo(INCREMENTS);
  }

  private JsonNode report(String part) throws IOException {
    return new ObjectMapper()
        .readTree(hub.get("/api/v1/workspaces/%s/usage%s".formatted(workspace, part)).body());
  }

  private static long sum(JsonNode rows) {
    long sum = 0;
    for (JsonNode row : rows) {
      sum += row.path("tokens").asLong();
    }
    return sum;
  }
}
