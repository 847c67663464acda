package dev.serai.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events that are delivered again, or a backlog that is skipped, on request.
 *
 * @param id its id
 * @param kind {@code events}: deliver again; {@code event}: one event; {@code backlog}: skip what
 *     waits
 * @param state running, done, cancelled or failed
 * @param filter what was asked for, by parameter
 * @param subscription the only one it is for
 * @param rate deliveries a second
 * @param total how many events matched at the start, unless counting them took too long
 * @param matched how many were found so far
 * @param replayed deliveries made ready again; of a backlog, skipped ones
 * @param skipped deliveries left alone because they were being handled, or waited for their first
 *     attempt
 * @param progress from 0 to 1, if the total is known
 * @param who the name of the key of the API that asked
 * @param reason what they said
 * @param startedAt when it was asked for
 * @param endedAt when it ended; missing while it runs
 * @param waitingFor the subscription whose handlers can't keep up with it
 * @param error why it failed
 * @param dueBefore of a backlog: what is due from then on is kept
 * @param position all events up to this one were looked at
 * @param until it ends before this one
 * @param nextAt when its next page may be made
 */
public record Replay(
    UUID id,
    String kind,
    String state,
    Map<String, String> filter,
    @Nullable String subscription,
    int rate,
    @Nullable Long total,
    long matched,
    long replayed,
    long skipped,
    @Nullable Double progress,
    String who,
    @Nullable String reason,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String waitingFor,
    @Nullable String error,
    @Nullable Instant dueBefore,
    @JsonIgnore UUID position,
    @JsonIgnore UUID until,
    @JsonIgnore Instant nextAt) {

  static final String EVENTS = "events";
  static final String EVENT = "event";
  static final String BACKLOG = "backlog";

  static @Nullable Double progress(String state, @Nullable Long total, long matched) {
    if (state.equals("done")) {
      return 1.0;
    }
    return total == null || total == 0 ? null : Math.min(1.0, (double) matched / total);
  }
}
