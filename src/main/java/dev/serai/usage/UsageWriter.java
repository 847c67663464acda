package dev.serai.usage;

import dev.serai.event.EventLog;
import dev.serai.event.GroupWriter;
import dev.serai.event.NewDelivery;
import dev.serai.event.Times;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Counts records: those that come at the same moment in one transaction. An answer is given after
 * its commit, and a record with a key is counted once however often it is sent.
 */
final class UsageWriter implements AutoCloseable {

  private static final GroupWriter.Limits LIMITS =
      new GroupWriter.Limits("usage", 1, 128, 5_000, Duration.ofSeconds(3), Duration.ZERO);

  private static final String KEYS =
      """
      insert into serai.usage_key (workspace, key, at)
      select workspace, key, ? from unnest(?::text[], ?::text[]) as n (workspace, key)
      order by 1, 2 on conflict do nothing returning workspace, key
      """;

  private final DataSource engine;
  private final Clock clock;
  private final EventLog log;
  private final LimitNews news;
  private final HotUsage hot;
  private final GroupWriter<List<UsageRecord>, List<Boolean>> writer =
      new GroupWriter<>(LIMITS, List::size, this::write);

  UsageWriter(DataSource engine, Clock clock, EventLog log, LimitNews news, HotUsage hot) {
    this.engine = engine;
    this.clock = clock;
    this.log = log;
    this.news = news;
    this.hot = hot;
  }

  /** All of them or none; returns of each whether it was counted, and not known by its key. */
  List<Boolean> count(List<UsageRecord> records) throws InterruptedException {
    return writer.submitAndWait(records);
  }

  private record Key(String workspace, String key) {

    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::workspace).thenComparing(Key::key);
  }

  private List<List<Boolean>> write(List<List<UsageRecord>> groups) throws SQLException {
    Instant now = clock.instant();
    List<List<Boolean>> answers = new ArrayList<>();
    List<UsageRecord> counted = new ArrayList<>();
    List<UsageTotal> totals = List.of();
    List<NewDelivery> made = List.of();
    try (Connection connection = engine.getConnection()) {
      connection.setAutoCommit(false);
      Set<Key> fresh = insertKeys(connection, groups, now);
      for (List<UsageRecord> group : groups) {
        List<Boolean> answer = new ArrayList<>();
        for (UsageRecord one : group) {
          boolean counts = one.key() == null || fresh.remove(new Key(one.workspace(), one.key()));
          answer.add(counts);
          if (counts) {
            counted.add(one);
          }
        }
        answers.add(answer);
      }
      if (!counted.isEmpty()) {
        UsageSums.add(connection, counted);
        totals = UsageTotals.read(connection, months(counted));
        made = news.tell(connection, totals, now).deliveries();
      }
      connection.commit();
    }
    log.committed(made);
    hot.keep(totals);
    return answers;
  }

  private static Set<UsageTotals.Of> months(List<UsageRecord> counted) {
    return counted.stream()
        .map(one -> new UsageTotals.Of(one.workspace(), one.month()))
        .collect(Collectors.toSet());
  }

  private static Set<Key> insertKeys(
      Connection connection, List<List<UsageRecord>> groups, Instant now) throws SQLException {
    Set<Key> keys = new TreeSet<>(Key.ORDER);
    for (List<UsageRecord> group : groups) {
      for (UsageRecord one : group) {
        if (one.key() != null) {
          keys.add(new Key(one.workspace(), one.key()));
        }
      }
    }
    Set<Key> fresh = new HashSet<>();
    if (keys.isEmpty()) {
      return fresh;
    }
    try (PreparedStatement insert = connection.prepareStatement(KEYS)) {
      insert.setObject(1, Times.utc(now));
      insert.setArray(
          2, connection.createArrayOf("text", keys.stream().map(Key::workspace).toArray()));
      insert.setArray(3, connection.createArrayOf("text", keys.stream().map(Key::key).toArray()));
      try (ResultSet rows = insert.executeQuery()) {
        while (rows.next()) {
          fresh.add(new Key(rows.getString(1), rows.getString(2)));
        }
      }
    }
    return fresh;
  }

  @Override
  public void close() throws InterruptedException {
    writer.close();
  }
}
