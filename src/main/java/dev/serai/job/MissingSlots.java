package dev.serai.job;

import dev.serai.event.Times;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The slots of a range that are to be filled in. */
final class MissingSlots {

  /** Slots that are filled in by one request. */
  private static final int MOST = 1_000;

  /** The slots of a range that have a run already, with whether one of theirs is done. */
  private static final String KNOWN =
      """
      select r.slot, bool_or(d.state = 'done' or d.open)
      from serai.run r left join serai.delivery d
        on d.event_id = r.event_id and d.subscription_id = :subscription
      where r.job_id = :job and r.slot >= :from and r.slot < :to and r.kind <> 'manual'
      group by r.slot
      """;

  private final JdbcClient jdbc;

  MissingSlots(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @throws IllegalArgumentException when the job has no slots, or the range too many
   */
  List<Instant> of(Job job, Instant from, Instant to, Reprocess reprocess) {
    Schedule schedule = job.definition().schedule();
    if (schedule == null) {
      throw new IllegalArgumentException(
          "Job '%s' has no slots; it runs on request only".formatted(job.name()));
    }
    List<Instant> slots = schedule.between(from.minusNanos(1), to.minusNanos(1), MOST + 1);
    if (slots.size() > MOST) {
      throw new IllegalArgumentException(
          "The range has more than %s slots; it must have fewer".formatted(MOST));
    }
    slots.removeAll(kept(job, from, to, reprocess));
    return slots;
  }

  private Set<Instant> kept(Job job, Instant from, Instant to, Reprocess reprocess) {
    return jdbc
        .sql(KNOWN)
        .param("job", job.id())
        .param("subscription", job.subscriptionId())
        .param("from", Times.utc(from))
        .param("to", Times.utc(to))
        .query(
            (row, number) ->
                reprocess.keeps(row.getBoolean(2)) ? Times.instant(row, "slot") : Instant.MIN)
        .list()
        .stream()
        .collect(Collectors.toSet());
  }
}
