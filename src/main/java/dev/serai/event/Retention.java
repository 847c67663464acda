package dev.serai.event;

import dev.serai.event.AgedRows.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes room: what is older than its retention goes, part by part and each in small steps. The job
 * {@code event-retention} does it. Several may do so at the same time; what one has deleted the
 * other doesn't find.
 */
public final class Retention {

  private static final Kind REFUSALS = new Kind("serai.refusal", "id", "true");
  private static final Kind AUDIT = new Kind("serai.audit", "id", "true");
  private static final String FORGET_DEAD =
      """
      update serai.delivery set dead = false where ctid = any(array(
        select ctid from serai.delivery where dead and finished_at < :before limit %s))
      """
          .formatted(AgedRows.STEP);

  private final JdbcClient jdbc;
  private final OldDays days;
  private final AgedRows aged;
  private final RetentionSettings settings;
  private final Clock clock;

  Retention(JdbcClient jdbc, RetentionSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.days = new OldDays(jdbc);
    this.aged = new AgedRows(jdbc);
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What is to be forgotten, as of a time that is not to come.
   *
   * @param slot such as 2026-11-21T02:30:00Z
   */
  public RetentionRun begin(String slot) {
    Instant asked = Instant.parse(slot);
    Instant now = clock.instant();
    return begin(asked.isBefore(now) ? asked : now);
  }

  private RetentionRun begin(Instant now) {
    List<RetentionRun.Part> parts = new ArrayList<>();
    parts.add(part("dead letters", () -> deadLetters(now.minus(settings.deadLetters()))));
    Instant unneeded = unneeded(now.minus(settings.events()));
    for (LocalDate day : days.before(unneeded)) {
      parts.add(part("events of " + day, () -> days.forget(day)));
    }
    parts.add(part("events kept beyond their day", () -> days.forgetKept(unneeded)));
    parts.add(part("dedupe keys", () -> keys(now)));
    parts.add(part("refusals", () -> rows(REFUSALS, "refusals", now.minus(settings.refusals()))));
    parts.add(
        part(
            "the audit log",
            () -> rows(AUDIT, "calls in the audit log", now.minus(settings.audit()))));
    return new RetentionRun(parts);
  }

  private static RetentionRun.Part part(String name, RetentionRun.Step step) {
    return new RetentionRun.Part(name, step);
  }

  /** Does a part; done twice, the second finds nothing. */
  public Forgotten forget(RetentionRun.Part part) throws InterruptedException {
    return part.step().forget();
  }

  /** Adds to what a run tells. */
  public void add(RetentionRun run, Forgotten forgotten) {
    run.add(forgotten);
  }

  /** A replay that runs keeps what it has not looked at yet. */
  private Instant unneeded(Instant before) {
    return jdbc.sql(
            """
            select id from serai.event e where id > (
              select position from serai.replay
              where state = 'running' and kind = 'events' and position < :before
              order by position limit 1)
            order by id limit 1
            """)
        .param("before", EventIds.least(before))
        .query(UUID.class)
        .optional()
        .map(first -> Instant.ofEpochMilli(first.getMostSignificantBits() >>> 16))
        .filter(needed -> needed.isBefore(before))
        .orElse(before);
  }

  /** A dead letter that is forgotten is an event that nothing needs; its row goes with its day. */
  private Forgotten deadLetters(Instant before) {
    return new Forgotten()
        .add(
            "dead letters",
            AgedRows.inSteps(
                () -> jdbc.sql(FORGET_DEAD).param("before", Times.utc(before)).update()));
  }

  private Forgotten keys(Instant now) throws InterruptedException {
    Map<String, Duration> special = settings.keysBySource();
    long keys = keys("t.source <> all(:sources)", special.keySet(), now.minus(settings.keys()));
    for (Map.Entry<String, Duration> source : special.entrySet()) {
      Instant before = now.minus(source.getValue());
      keys += keys("t.source = any(:sources)", Set.of(source.getKey()), before);
    }
    return new Forgotten().add("dedupe keys", keys);
  }

  private long keys(String condition, Set<String> sources, Instant before)
      throws InterruptedException {
    Map<String, Object> parameters = Map.of("sources", sources.toArray(String[]::new));
    return aged.delete(
        new Kind("serai.event_key", "event_id", condition, parameters), AgedRows.BEGINNING, before);
  }

  private Forgotten rows(Kind kind, String name, Instant before) throws InterruptedException {
    return new Forgotten().add(name, aged.delete(kind, AgedRows.BEGINNING, before));
  }
}
