package dev.serai.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Appends the event that tells of a breaker's change, in the transaction of the change. */
final class BreakerNews {

  private final LogTransaction transaction;

  BreakerNews(LogTransaction transaction) {
    this.transaction = transaction;
  }

  /** Makes a change and tells of it; returns whether there was anything to change. */
  boolean of(String type, Instant now, Supplier<Optional<Told>> change) {
    return transaction.execute(
        log -> {
          Optional<Told> told = change.get();
          told.ifPresent(what -> log.append(List.of(what.event(type, now))));
          return told.isPresent();
        });
  }

  /**
   * What there is to tell.
   *
   * @param opened how many times it has opened
   */
  record Told(String subscription, int opened, @Nullable String cause) {

    static Told of(ResultSet row, int number) throws SQLException {
      return new Told(row.getString("name"), row.getInt("opened"), row.getString("cause"));
    }

    private NewEvent event(String type, Instant now) {
      Map<String, @Nullable Object> body = new LinkedHashMap<>();
      body.put("subscription", subscription);
      body.put("cause", cause);
      body.put("opened", opened);
      return OwnEvent.of(
          OwnEvent.SOURCE,
          type,
          "%s/%s/%s".formatted(subscription, type, opened),
          subscription,
          null,
          now,
          body);
    }
  }
}
