package dev.serai.usage;

import dev.serai.event.EventLog;
import dev.serai.event.NewDelivery;
import dev.serai.event.NewEvent;
import dev.serai.event.OwnEvent;
import dev.serai.event.Times;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Emits {@code usage.limit-reached} within the transaction in which a threshold is reached, once
 * for each threshold and month.
 */
final class LimitNews {

  /** The type of the event. */
  static final String TYPE = "usage.limit-reached";

  private static final String INSERT =
      """
      insert into serai.usage_reached (workspace, month, measure, threshold, at)
      values (?, ?, ?, ?, ?) on conflict do nothing
      """;

  private final EventLog log;

  LimitNews(EventLog log) {
    this.log = log;
  }

  /**
   * What was told.
   *
   * @param events how many
   * @param deliveries those made of them, for {@link EventLog#committed} after the commit
   */
  record Told(int events, List<NewDelivery> deliveries) {}

  /** Tells of thresholds that are reached, unless that was told before. */
  Told tell(Connection connection, List<UsageTotal> totals, Instant now) throws SQLException {
    int events = 0;
    List<NewDelivery> made = new ArrayList<>();
    for (UsageTotal total : totals) {
      for (Measure measure : Measure.values()) {
        for (int threshold : total.limit().thresholds()) {
          if (total.hasReached(measure, threshold)
              && isFirst(connection, total, measure, threshold, now)) {
            log.appendWithin(connection, event(total, measure, threshold, now), made::addAll);
            events++;
          }
        }
      }
    }
    return new Told(events, made);
  }

  private static boolean isFirst(
      Connection connection, UsageTotal total, Measure measure, int threshold, Instant now)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, total.workspace());
      insert.setString(2, total.month());
      insert.setString(3, measure.word());
      insert.setInt(4, threshold);
      insert.setObject(5, Times.utc(now));
      return insert.executeUpdate() > 0;
    }
  }

  private static NewEvent event(UsageTotal total, Measure measure, int threshold, Instant now) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("workspace", total.workspace());
    data.put("period", total.month());
    data.put("measure", measure.word());
    data.put("threshold", threshold);
    data.put("limit", plain(Objects.requireNonNull(total.limit().of(measure))));
    data.put("used", plain(total.used(measure)));
    data.put("percentage", plain(Objects.requireNonNull(total.percentage(measure))));
    return OwnEvent.of(
        OwnEvent.SOURCE,
        TYPE,
        "usage/%s/%s/%s/%s".formatted(total.month(), measure.word(), threshold, total.workspace()),
        total.workspace(),
        total.workspace(),
        now,
        data);
  }

  private static String plain(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }
}
