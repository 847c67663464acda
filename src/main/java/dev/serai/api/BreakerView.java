package dev.serai.api;

import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The breaker of a subscription.
 *
 * @param state closed; open, when its receiver is down and nothing is claimed; or half-open, when
 *     one delivery probes whether it is back
 * @param since when it was closed, or opened
 * @param opened how many times it has opened
 * @param cause what the attempt that opened it, or the last probe, failed with
 * @param nextProbeAt when the next delivery probes; missing unless it is open
 */
record BreakerView(
    String state,
    Instant since,
    int opened,
    @Nullable String cause,
    @Nullable Instant nextProbeAt) {

  /** Of the columns of {@code serai.breaker}; null if there is no row. */
  static @Nullable BreakerView of(ResultSet row) throws SQLException {
    String state = row.getString("breaker");
    return state == null
        ? null
        : new BreakerView(
            state,
            Times.instant(row, "since"),
            row.getInt("opened"),
            row.getString("cause"),
            state.equals("open") ? Times.instantOrNull(row, "probe_at") : null);
  }
}
