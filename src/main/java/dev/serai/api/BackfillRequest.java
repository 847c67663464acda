package dev.serai.api;

import dev.serai.job.Backfill;
import dev.serai.job.JobControl;
import dev.serai.job.Reprocess;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The slots to fill in.
 *
 * @param from the first time of the range; required
 * @param to the time before which it ends; required
 * @param reprocess {@code none}, the default: only slots without a run; {@code failed}: also those
 *     none of whose runs is done; {@code all}: every slot
 * @param parameters what the runs are given, by name; what is missing has its default
 * @param dryRun whether to list the slots only
 */
record BackfillRequest(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String reprocess,
    @Nullable Map<String, Object> parameters,
    @Nullable Boolean dryRun)
    implements Audited {

  Backfill of(String job, JobControl control, String requestedBy) {
    if (from == null || to == null || !from.isBefore(to)) {
      throw Problem.badRequest(
          "'from' is '%s' and 'to' is '%s'; both must be times, the first one earlier"
              .formatted(from, to));
    }
    return control.backfill(
        job,
        from,
        to,
        Reprocess.of(reprocess == null ? "none" : reprocess),
        parameters == null ? Map.of() : parameters,
        isDryRun(),
        requestedBy);
  }

  boolean isDryRun() {
    return Boolean.TRUE.equals(dryRun);
  }

  @Override
  public Map<String, ?> auditParameters() {
    return Map.of(
        "from",
        String.valueOf(from),
        "to",
        String.valueOf(to),
        "reprocess",
        String.valueOf(reprocess));
  }
}
