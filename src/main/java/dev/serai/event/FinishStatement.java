package dev.serai.event;

import dev.serai.event.Deliveries.Finished;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Records the ends of a group of attempts in one statement; an old token changes nothing. */
final class FinishStatement {

  private static final String SQL = "select * from serai.finish_2(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  List<Finished> execute(Connection connection, List<Finish> group, Instant now)
      throws SQLException {
    Map<Row, Finished> recorded = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      var bind = new ArrayBinder(connection, statement);
      bind.time(now);
      bind.ids(group, finish -> finish.delivery().event().id());
      bind.numbers(group, finish -> finish.delivery().subscriptionId());
      bind.numbers(group, finish -> finish.delivery().token());
      bind.numbers(group, finish -> finish.delivery().attempt());
      bind.texts(group, Finish::state);
      bind.texts(group, Finish::cause);
      bind.texts(group, Finish::detail);
      bind.times(group, Finish::retryAt);
      bind.times(group, Finish::startedAt);
      bind.texts(group, Finish::result);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          recorded.put(
              new Row(row.getObject(1, UUID.class), row.getInt(2)),
              new Finished(true, row.getObject(3, UUID.class)));
        }
      }
    }
    return group.stream()
        .map(finish -> recorded.getOrDefault(Row.of(finish), new Finished(false, null)))
        .toList();
  }

  private record Row(UUID eventId, int subscriptionId) {
    static Row of(Finish finish) {
      return new Row(finish.delivery().event().id(), finish.delivery().subscriptionId());
    }
  }
}
