package dev.serai.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One step of whatever replay is due: its page and its new position commit together. So a hub that
 * dies in the middle has done nothing, and another goes on from there.
 */
final class ReplaySteps {

  private static final Logger log = LoggerFactory.getLogger(ReplaySteps.class);

  /** Events of a step: so many that there are about ten a second. */
  private static final int STEPS_PER_SECOND = 10;

  private static final int LARGEST = 200;

  /** What a late step may catch up, so that the mean rate is kept. */
  private static final Duration CATCH_UP = Duration.ofMillis(200);

  static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration ELSEWHERE = Duration.ofMillis(250);
  private static final Duration BUSY = Duration.ofMillis(100);

  /**
   * A page that a crash of PostgreSQL forgets is forgotten together with its position. Whoever is
   * cut off from the database must not keep the others from going on. And events come in the order
   * of an index, so that a page reads its own and not all that follow it, whatever PostgreSQL
   * believes their number to be.
   */
  static final String SETTINGS =
      """
      select set_config('synchronous_commit', 'off', true),
        set_config('idle_in_transaction_session_timeout', '10s', true),
        set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true),
        set_config('enable_seqscan', 'off', true)
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final ReplayRows rows;
  private final ReplayPages pages;
  private final Backlog backlog;
  private final EventLog events;
  private final int maxRate;

  ReplaySteps(
      JdbcClient jdbc,
      TransactionTemplate transaction,
      Clock clock,
      Subscriptions subscriptions,
      EventLog events,
      int maxRate) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.clock = clock;
    this.rows = new ReplayRows(jdbc);
    this.pages = new ReplayPages(jdbc, subscriptions);
    this.backlog = new Backlog(jdbc, subscriptions);
    this.events = events;
    this.maxRate = maxRate;
  }

  /** Makes one step, if one is due; returns how long to wait before the next. */
  Duration step() {
    if (!rows.isAnyRunning()) {
      return IDLE;
    }
    List<NewDelivery> made = new ArrayList<>();
    Duration wait = Objects.requireNonNull(transaction.execute(status -> stepLocked(made)));
    events.committed(made);
    return wait;
  }

  private Duration stepLocked(List<NewDelivery> made) {
    jdbc.sql(SETTINGS).query().singleRow();
    Optional<Instant> pace =
        jdbc.sql(
                """
                select greatest(next_at, '2000-01-01T00:00:00Z') as next_at from serai.replay_pace
                for update skip locked
                """)
            .query((row, number) -> Times.instant(row, "next_at"))
            .optional();
    if (pace.isEmpty()) {
      return ELSEWHERE;
    }
    Instant now = clock.instant();
    if (pace.get().isAfter(now)) {
      return Duration.between(now, pace.get());
    }
    return rows.lockDue(now)
        .map(replay -> advance(replay, pace.get(), now, made))
        .orElseGet(() -> untilNext(now));
  }

  private Duration untilNext(Instant now) {
    Instant next = rows.nextAt();
    if (next == null || !next.isAfter(now)) {
      return BUSY;
    }
    Duration wait = Duration.between(now, next);
    return wait.compareTo(ELSEWHERE) < 0 ? wait : ELSEWHERE;
  }

  private Duration advance(Replay replay, Instant pace, Instant now, List<NewDelivery> made) {
    ReplayPage page;
    try {
      page = page(replay, now);
    } catch (DataAccessException | TransactionException e) {
      throw e;
    } catch (RuntimeException e) {
      log.warn("Replay {} failed", replay.id(), e);
      rows.end(replay.id(), "failed", e.getMessage(), clock.instant());
      return Duration.ZERO;
    }
    made.addAll(page.made());
    Instant next =
        page.waitingFor() == null
            ? later(replay.nextAt(), now, page.weight(), replay.rate())
            : now.plus(BUSY);
    rows.advance(replay, page, clock.instant(), next);
    if (replay.kind().equals(Replay.EVENTS)) {
      jdbc.sql("update serai.replay_pace set next_at = :next")
          .param("next", Times.utc(later(pace, now, page.weight(), maxRate)))
          .update();
    }
    return Duration.ZERO;
  }

  private ReplayPage page(Replay replay, Instant now) {
    Instant dueBefore = replay.dueBefore();
    return dueBefore == null
        ? pages.make(replay, Math.clamp(replay.rate() / STEPS_PER_SECOND, 1, LARGEST), now)
        : backlog.skip(replay, dueBefore, now);
  }

  private static Instant later(Instant planned, Instant now, int weight, int rate) {
    Instant earliest = now.minus(CATCH_UP);
    Instant from = planned.isAfter(earliest) ? planned : earliest;
    return from.plus(weight * 1_000_000L / rate, ChronoUnit.MICROS);
  }
}
