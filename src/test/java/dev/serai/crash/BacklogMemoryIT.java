package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How much memory does a backlog take that nobody handles? */
class BacklogMemoryIT {

  private static final int BACKLOG = 50_000;
  private static final long MOST_BYTES = 16L << 20;

  /** As that of an hour without a handler would be: the bodies are 1 KB. */
  private static final String COPIES =
      """
      with original as (
        select * from serai.event where id::text = ?
      ), copy as (
        insert into serai.event (id, source, type, key, time, received_at, content_type, body)
        select (substr(id::text, 1, 24) || lpad(to_hex(i), 12, '0'))::uuid, source, type,
          key || '-' || i, time, received_at, content_type, body
        from original, generate_series(1, ?) as i
        returning id
      )
      insert into serai.delivery (event_id, subscription_id, due_at)
      select copy.id, s.id, now() from copy, serai.subscription s where s.name = 'trouble-hang'
      """;

  @Test
  void itIsNoMoreThanWithout() throws Exception {
    try (HubProcess hub = new HubProcess("backlog", Map.of())) {
      hub.ensureReady();
      Ledger ledger = Ledger.of(hub);
      ledger.create();
      String first = Load.post(hub, "trouble.hang");
      awaitStuck(ledger, 1);
      long before = liveBytes(hub);
      ledger.jdbc().sql(COPIES).param(1, first).param(2, BACKLOG).update();
      awaitStuck(ledger, 8);
      // Several sweeps, and as many hints as the window takes.
      await().pollDelay(Duration.ofSeconds(10)).atMost(Duration.ofSeconds(20)).until(() -> true);
      long beside = liveBytes(hub);
      System.out.printf(
          "live heap: %s KB, with %s deliveries waiting %s KB%n",
          before >> 10, BACKLOG, beside >> 10);
      assertThat(beside - before).isLessThan(MOST_BYTES);
    }
  }

  private static void awaitStuck(Ledger ledger, int running) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                ledger
                        .jdbc()
                        .sql("select count(*) from serai.delivery where state = 'running'")
                        .query(Long.class)
                        .single()
                    >= running);
  }

  /** What a full collection leaves. */
  static long liveBytes(HubProcess hub) throws IOException, InterruptedException {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(hub.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String text =
        new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(histogram.waitFor(30, TimeUnit.SECONDS)).isTrue();
    String total = text.lines().filter(line -> line.startsWith("Total")).findFirst().orElse(text);
    return Long.parseLong(total.strip().split("\\s+")[2]);
  }
}
