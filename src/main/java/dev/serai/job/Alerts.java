package dev.serai.job;

import dev.serai.event.LogTransaction;
import dev.serai.event.NewEvent;
import dev.serai.event.OwnEvent;
import dev.serai.event.Times;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is wrong with jobs. Each alert is a row while it lasts, and an event when it begins and
 * ends; row and event are one transaction, so that of several hubs one tells.
 */
final class Alerts {

  /** A second or two of delay is no alert, whatever {@code grace} says. */
  static final Duration LEAST_LATENESS = Duration.ofSeconds(15);

  private static final String RAISED = "job.alert.raised";
  private static final String ENDED = "job.alert.ended";

  private static final Logger log = LoggerFactory.getLogger(Alerts.class);

  /** One that lasts keeps its beginning and says what is true now. */
  private static final String RAISE =
      """
      insert into serai.job_alert as a (job_id, cause, raised_at, slot, detail)
      values (:job, :cause, :now, :slot, :detail)
      on conflict (job_id, cause) do update set detail = excluded.detail
      returning a.xmax = 0
      """;

  private final JdbcClient jdbc;

  Alerts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param slot the first one that it is about; null when there is none
   */
  void raise(
      LogTransaction.Appends events,
      Job job,
      AlertCause cause,
      @Nullable Instant slot,
      String detail,
      Instant now) {
    boolean fresh =
        jdbc.sql(RAISE)
            .param("job", job.id())
            .param("cause", cause.word())
            .param("now", Times.utc(now))
            .param("slot", slot == null ? null : Times.utc(slot), Types.TIMESTAMP_WITH_TIMEZONE)
            .param("detail", detail)
            .query(Boolean.class)
            .single();
    if (fresh) {
      log.warn("Job {} is {}: {}", job.name(), cause.word(), detail);
      Map<String, @Nullable Object> data = new LinkedHashMap<>();
      data.put("slot", slot == null ? null : slot.toString());
      data.put("detail", detail);
      events.append(List.of(event(RAISED, job, cause, now, data, now)));
    }
  }

  /**
   * @param reason succeeded, begun, paused, retired or changed
   */
  void end(LogTransaction.Appends events, Job job, AlertCause cause, String reason, Instant now) {
    jdbc.sql(
            """
            delete from serai.job_alert where job_id = :job and cause = :cause
            returning raised_at
            """)
        .param("job", job.id())
        .param("cause", cause.word())
        .query((row, number) -> Times.instant(row, "raised_at"))
        .optional()
        .ifPresent(
            raisedAt -> {
              log.info("Job {} is no longer {}: {}", job.name(), cause.word(), reason);
              Map<String, @Nullable Object> data = new LinkedHashMap<>();
              data.put("raised_at", raisedAt.toString());
              data.put("reason", reason);
              events.append(List.of(event(ENDED, job, cause, raisedAt, data, now)));
            });
  }

  private static NewEvent event(
      String type,
      Job job,
      AlertCause cause,
      Instant raisedAt,
      Map<String, @Nullable Object> rest,
      Instant now) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("job", job.name());
    data.put("cause", cause.word());
    data.putAll(rest);
    return OwnEvent.of(
        OwnEvent.SOURCE,
        type,
        "%s/%s/%s/%s".formatted(type, job.name(), cause.word(), raisedAt),
        job.name(),
        null,
        now,
        data);
  }
}
