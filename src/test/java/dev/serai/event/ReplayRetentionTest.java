package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Does retention take away what a replay has still to deliver? */
@EngineTurn
class ReplayRetentionTest {

  private static final LocalDate DAY = LocalDate.parse("2026-02-05");
  private static final Instant EARLY = Days.begin(DAY).plusSeconds(60);

  private final TestHub hub = TestHub.engine();
  private final JdbcClient jdbc = hub.database();

  @Test
  void whatARunningReplayHasNotLookedAtIsKeptUntilItEnds() throws Exception {
    UUID event = event();
    UUID replay = running();

    retain();
    assertThat(isKept(event)).isTrue();

    jdbc.sql("update serai.replay set state = 'done' where id = ?").param(replay).update();
    retain();
    assertThat(isKept(event)).isFalse();
  }

  private UUID event() {
    jdbc.sql("select serai.add_day(:day)").param("day", DAY).query(Boolean.class).single();
    UUID id =
        new UUID(
            EventIds.least(EARLY).getMostSignificantBits() | 0x7000,
            UUID.randomUUID().getLeastSignificantBits());
    jdbc.sql(
            """
            insert into serai.event (id, source, type, time, received_at, content_type, key, body)
            values (:id, 'test', 'test.old', :at, :at, 'application/json', :key, '{}')
            """)
        .param("id", id)
        .param("at", Times.utc(EARLY))
        .param("key", id.toString())
        .update();
    return id;
  }

  /** One whose next page is not due for a day: only retention takes notice of it. */
  private UUID running() {
    UUID id = hub.bean(EventIds.class).next();
    jdbc.sql(
            """
            insert into serai.replay (id, kind, filter, rate, who, started_at, position, until,
              next_at)
            values (?, 'events', '{}', 1, 'test', now(), ?, ?, now() + interval '1 day')
            """)
        .params(List.of(id, EventIds.least(EARLY.minusSeconds(1)), EventIds.least(Instant.now())))
        .update();
    return id;
  }

  private boolean isKept(UUID event) {
    return jdbc.sql("select exists (select from serai.event where id = ?)")
        .param(event)
        .query(Boolean.class)
        .single();
  }

  private void retain() throws InterruptedException {
    Duration month = Duration.ofDays(30);
    RetentionSettings settings =
        new RetentionSettings(
            month,
            Duration.ofDays(100_000),
            month,
            Map.of(),
            month,
            month,
            Duration.ofHours(1),
            Duration.ofDays(7));
    RetentionParts.forget(new Retention(jdbc, settings, Clock.systemUTC()));
  }
}
