package dev.serai.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How long does a backup take, and what does it cost those who append meanwhile? {@code mvn test
 * -Dtest=BackupSpeed -Devents=1000000}.
 */
class BackupSpeed {

  private static final int EVENTS = Integer.getInteger("events", 250_000);
  private static final int SENDERS = 8;

  private static final String LOG =
      """
      with made as (
        insert into serai.event (id, source, type, time, received_at, content_type, key, body)
        select overlay(gen_random_uuid()::text placing left(serai.least_id(now())::text, 13) from 1 for 13)::uuid,
          'stripe', 'stripe.invoice.paid', now(), now(), 'application/json', 'evt_' || n,
          convert_to((select string_agg(md5(n::text || i), ' ') from generate_series(1, 35) i), 'UTF8')
        from generate_series(1, %s) as n returning id, source, key)
      insert into serai.event_key (source, key, event_id) select source, key, id from made
      """;

  @TempDir Path folder;

  @Test
  void aLogOfManyEvents() throws Exception {
    try (TestHub hub = TestHub.start(Map.of())) {
      hub.database().sql(LOG.formatted(EVENTS)).update();
      AtomicBoolean going = new AtomicBoolean(true);
      AtomicInteger acknowledged = new AtomicInteger();
      List<Thread> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(Thread.ofPlatform().start(() -> send(hub, going, acknowledged)));
      }
      rate(
          "warming up",
          acknowledged,
          () -> LockSupport.parkNanos(50_000_000),
          Duration.ofSeconds(20));
      for (int round = 0; round < 3; round++) {
        String slot = "2026-11-21T0%s:30:00Z".formatted(round);
        rate(
            "without",
            acknowledged,
            () -> LockSupport.parkNanos(50_000_000),
            Duration.ofSeconds(10));
        rate("with a backup", acknowledged, () -> write(hub, slot), Duration.ZERO);
      }
      going.set(false);
      for (Thread sender : senders) {
        sender.join();
      }
      Path backup = folder.resolve(DatabaseBackup.name("2026-11-21T02:30:00Z"));
      BackupFolder read = BackupFolder.open(backup);
      PGSimpleDataSource database = Drill.empty(hub);
      long began = System.nanoTime();
      read.restore(database, Drill.flyway(hub), load -> {});
      System.out.println(
          "restored and compared %s rows, %s bytes in %s ms"
              .formatted(read.manifest().rows(), read.manifest().size(), millis(began)));
      assertThat(Files.exists(backup)).isTrue();
    }
  }

  private static void rate(String what, AtomicInteger acknowledged, Runnable work, Duration least) {
    long began = System.nanoTime();
    int before = acknowledged.get();
    do {
      work.run();
    } while (System.nanoTime() - began < least.toNanos());
    long millis = millis(began);
    System.out.println(
        "%s: %s acknowledged a second, in %s ms"
            .formatted(what, 1_000L * (acknowledged.get() - before) / millis, millis));
  }

  private void write(TestHub hub, String slot) {
    try (BackupDraft draft = hub.bean(DatabaseBackup.class).begin(slot)) {
      Drill.write(draft, folder);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static long millis(long began) {
    return (System.nanoTime() - began) / 1_000_000;
  }

  private static void send(TestHub hub, AtomicBoolean going, AtomicInteger acknowledged) {
    StripeSender stripe = StripeSender.to(hub);
    try {
      while (going.get()) {
        stripe.post(StripeSender.event("evt_" + UUID.randomUUID(), "of.a.drill", "{}"));
        acknowledged.incrementAndGet();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
