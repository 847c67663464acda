package dev.serai.job;

import dev.serai.event.LogTransaction;
import dev.serai.event.Receipt;
import dev.serai.event.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes runs, within the transaction that holds the locks on their jobs' rows. */
final class NewRuns {

  private static final String INSERT =
      """
      insert into serai.run (event_id, job_id, slot, kind, parameters, requested_by)
      select event_id, job_id, slot, kind, parameters::jsonb, requested_by
      from unnest(:events::uuid[], :jobs::int[], :slots::timestamptz[], :kinds::text[],
        :parameters::text[], :by::text[])
        as r (event_id, job_id, slot, kind, parameters, requested_by)
      on conflict do nothing
      """;

  private static final String SKIP =
      """
      update serai.delivery d set state = 'skipped', open = false, cause = s.cause, finished_at = :now
      from unnest(:events::uuid[], :subscriptions::int[], :causes::text[])
        as s (event_id, subscription_id, cause)
      where d.event_id = s.event_id and d.subscription_id = s.subscription_id and d.state = 'ready'
      """;

  private static final String CANCEL =
      """
      update serai.delivery d set cancel = d.state = 'running',
        state = case d.state when 'ready' then 'cancelled' else d.state end,
        open = d.state = 'running', cause = case d.state when 'ready' then 'overlap' end,
        finished_at = case d.state when 'ready' then :now end
      from unnest(:events::uuid[], :subscriptions::int[]) as c (event_id, subscription_id)
      where d.event_id = c.event_id and d.subscription_id = c.subscription_id and d.open
      """;

  private final JdbcClient jdbc;

  NewRuns(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Makes runs; a slot that has one already gets no other.
   *
   * @param log of the transaction
   * @return the ids of the runs, in their order
   */
  List<UUID> make(List<NewRun> runs, Instant now, LogTransaction.Appends log) {
    if (runs.isEmpty()) {
      return List.of();
    }
    var overlaps = new Overlaps(jdbc, runs.stream().map(NewRun::job).toList());
    List<Overlaps.Verdict> verdicts = runs.stream().map(overlaps::decide).toList();
    cancel(overlaps, now);
    List<Receipt> receipts = log.append(runs.stream().map(NewRun::event).toList());
    List<Skipped> skipped = new ArrayList<>();
    overlaps
        .replaced()
        .forEach(run -> skipped.add(new Skipped(run.event(), run.subscription(), "replaced")));
    for (int i = 0; i < runs.size(); i++) {
      String cause = verdicts.get(i).skipped();
      if (cause != null && receipts.get(i).status() == Receipt.Status.ACCEPTED) {
        skipped.add(new Skipped(receipts.get(i).id(), runs.get(i).job().subscriptionId(), cause));
      }
    }
    insert(runs, receipts);
    skip(skipped, now, log);
    return receipts.stream().map(Receipt::id).toList();
  }

  private void insert(List<NewRun> runs, List<Receipt> receipts) {
    jdbc.sql(INSERT)
        .param("events", receipts.stream().map(Receipt::id).toArray(UUID[]::new))
        .param("jobs", runs.stream().map(run -> run.job().id()).toArray(Integer[]::new))
        .param("slots", runs.stream().map(run -> run.slot().toString()).toArray(String[]::new))
        .param("kinds", runs.stream().map(run -> run.kind().word()).toArray(String[]::new))
        .param(
            "parameters",
            runs.stream().map(run -> JobRows.text(run.parameters())).toArray(String[]::new))
        .param("by", runs.stream().map(NewRun::requestedBy).toArray(String[]::new))
        .update();
  }

  private void skip(List<Skipped> skipped, Instant now, LogTransaction.Appends log) {
    if (skipped.isEmpty()) {
      return;
    }
    jdbc.sql(SKIP)
        .param("events", skipped.stream().map(Skipped::event).toArray(UUID[]::new))
        .param("subscriptions", skipped.stream().map(Skipped::subscription).toArray(Integer[]::new))
        .param("causes", skipped.stream().map(Skipped::cause).toArray(String[]::new))
        .param("now", Times.utc(now))
        .update();
    log.forget(skipped.stream().map(Skipped::event).collect(Collectors.toSet()));
  }

  private void cancel(Overlaps overlaps, Instant now) {
    if (!overlaps.cancelled().isEmpty()) {
      List<Overlaps.Open> open = List.copyOf(overlaps.cancelled());
      jdbc.sql(CANCEL)
          .param("events", open.stream().map(Overlaps.Open::event).toArray(UUID[]::new))
          .param(
              "subscriptions",
              open.stream().map(Overlaps.Open::subscription).toArray(Integer[]::new))
          .param("now", Times.utc(now))
          .update();
    }
  }

  private record Skipped(UUID event, int subscription, String cause) {}
}
