package dev.serai.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** Cancels a delivery: at once while it waits, within a second while it runs. */
final class Cancellation {

  private static final String CANCEL_WAITING =
      """
      update serai.delivery set state = 'cancelled', open = false, cause = 'cancelled',
        finished_at = ?
      where event_id = ? and subscription_id = ? and state = 'ready'
      """;

  private static final String CANCEL_RUNNING =
      """
      update serai.delivery set cancel = true
      where event_id = ? and subscription_id = ? and state = 'running'
      """;

  private Cancellation() {}

  /** Returns whether there was anything to cancel. */
  static boolean of(Connection connection, UUID eventId, int subscriptionId, Instant now)
      throws SQLException {
    try (PreparedStatement waiting = connection.prepareStatement(CANCEL_WAITING);
        PreparedStatement running = connection.prepareStatement(CANCEL_RUNNING)) {
      waiting.setObject(1, Times.utc(now));
      waiting.setObject(2, eventId);
      waiting.setInt(3, subscriptionId);
      running.setObject(1, eventId);
      running.setInt(2, subscriptionId);
      return waiting.executeUpdate() > 0 || running.executeUpdate() > 0;
    }
  }
}
