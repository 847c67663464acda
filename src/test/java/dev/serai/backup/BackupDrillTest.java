package dev.serai.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Is what is restored what was there, at one moment, while others went on writing? */
class BackupDrillTest {

  private static final String SLOT = "2026-11-21T01:30:00Z";

  private final TestHub hub = TestHub.shared();

  @TempDir Path folder;

  private BackupDraft begin() throws Exception {
    return hub.bean(DatabaseBackup.class).begin(SLOT);
  }

  @Test
  void aRestoredDatabaseEqualsTheSourceAtItsMoment() throws Exception {
    Map<String, String> then;
    Path backup;
    AtomicBoolean going = new AtomicBoolean(true);
    AtomicInteger sent = new AtomicInteger();
    Thread sender = Thread.ofVirtual().start(() -> send(going, sent));
    try (BackupDraft draft = begin();
        Connection same =
            hub.bean("migrationDataSource", javax.sql.DataSource.class).getConnection()) {
      same.setAutoCommit(false);
      try (var statement = same.createStatement()) {
        statement.execute("set transaction isolation level repeatable read, read only");
        statement.execute("set transaction snapshot '" + draft.snapshot() + "'");
      }
      int before = sent.get();
      await().until(() -> sent.get() > before + 20);
      backup = Drill.write(draft, folder);
      then = Drill.contents(same);
    } finally {
      going.set(false);
      sender.join();
    }
    PGSimpleDataSource database = Drill.empty(hub);
    BackupFolder.open(backup).restore(database, Drill.flyway(hub), load -> {});
    try (Connection restored = database.getConnection()) {
      assertThat(Drill.contents(restored)).isEqualTo(then);
    }
    try (Connection now = database(hub).getConnection()) {
      assertThat(Drill.contents(now).get("serai.event_key"))
          .as("others went on writing")
          .isNotEqualTo(then.get("serai.event_key"));
    }
  }

  @Test
  void aHubOnARestoredDatabaseDeliversWhatWasOpenAndNothingElse() throws Exception {
    String key = "evt_" + UUID.randomUUID();
    String body = StripeSender.event(key, "of.a.drill", "{}");
    StripeSender.to(hub).post(body);
    AtomicBoolean failing = new AtomicBoolean(true);
    TestHandler handler =
        TestHandler.of(hub)
            .with("backoff", "1s")
            .with("maxBackoff", "1s")
            .with("retries", 1000)
            .handle(
                exchange -> {
                  if ("open".equals(TestHandler.attribute(exchange, "subject")) && failing.get()) {
                    throw new IllegalStateException("of a drill");
                  }
                });
    PGSimpleDataSource database = Drill.empty(hub);
    UUID done;
    UUID open;
    try (handler) {
      done = handler.send("done");
      handler.awaitState(done, "done");
      open = handler.send("open");
      await().until(() -> !handler.attempts(open).isEmpty());
      try (BackupDraft draft = begin()) {
        Path backup = Drill.write(draft, folder);
        BackupFolder.open(backup).restore(database, Drill.flyway(hub), load -> {});
      }
      failing.set(false);
      handler.awaitState(open, "done");
    }
    Set<UUID> handled = ConcurrentHashMap.newKeySet();
    try (TestHub other =
            hub.another(
                Map.of("serai.database.url", database.getURL(), "serai.redis.prefix", "drill:"));
        TestHandler again =
            handler.on(other).handle(exchange -> handled.add(TestHandler.eventId(exchange)))) {
      again.awaitState(open, "done");
      assertThat(again.delivery(done).state()).isEqualTo("done");
      assertThat(handled).containsExactly(open);
      assertThat(StripeSender.to(other).post(body).body()).contains("duplicate");
      assertThat(
              Api.of(other)
                  .get("/api/v1/events?key=" + key)
                  .json()
                  .at("/events/0/duplicates")
                  .asInt())
          .isOne();
    }
  }

  private static javax.sql.DataSource database(TestHub hub) {
    return hub.bean("migrationDataSource", javax.sql.DataSource.class);
  }

  private void send(AtomicBoolean going, AtomicInteger sent) {
    StripeSender stripe = StripeSender.to(hub);
    try {
      while (going.get()) {
        stripe.post(StripeSender.event("evt_" + UUID.randomUUID(), "of.a.drill", "{}"));
        sent.incrementAndGet();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
