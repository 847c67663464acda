package dev.serai.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads events whole, and brings them back as they were. */
public final class LoggedEvents {

  private static final String RESTORE =
      "select * from serai.restore_1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
          + " ?)";

  private final DataSource engine;
  private final JdbcClient jdbc;
  private final Subscriptions subscriptions;
  private final EventLog log;
  private final Clock clock;

  LoggedEvents(DataSource engine, Subscriptions subscriptions, EventLog log, Clock clock) {
    this.engine = engine;
    this.jdbc = JdbcClient.create(engine);
    this.subscriptions = subscriptions;
    this.log = log;
    this.clock = clock;
  }

  /** What became of an event that was to be brought back. */
  public enum Outcome {
    /** It is in the log again. */
    RESTORED,
    /** It was in the log. */
    THERE,
    /** Its key belongs to another event: the source has sent it again meanwhile. */
    KNOWN
  }

  /**
   * Those of these events that a source has brought and anybody may keep, in the order of their
   * ids.
   */
  public List<LoggedEvent> received(List<UUID> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<UUID> sorted = ids.stream().sorted(EventIds.ORDER).toList();
    return jdbc.sql(
            """
            select %s from serai.event e
            where e.id = any(:ids) and e.id >= :first and e.id <= :last
              and e.verified_by is not null and e.sensitive is not true and e.erased_at is null
            order by e.id
            """
                .formatted(LoggedEvent.COLUMNS))
        .param("ids", sorted.toArray(UUID[]::new))
        .param("first", sorted.getFirst())
        .param("last", sorted.getLast())
        .query(LoggedEvent::read)
        .list();
  }

  /** Makes the partition of a day that may be long ago. */
  public void prepare(Instant at) {
    jdbc.sql("select serai.add_day(:day)")
        .param("day", LocalDate.ofInstant(at, ZoneOffset.UTC))
        .query(Boolean.class)
        .single();
  }

  /** How many of these events are not in the log, though nobody else has their keys. */
  public Map<Outcome, Long> look(List<LoggedEvent> events) {
    Map<Outcome, Long> found = new EnumMap<>(Outcome.class);
    jdbc.sql(
            """
            select case when e.id is not null then 'there' when k.event_id <> r.id then 'known'
              else 'restored' end as outcome, count(*) as events
            from unnest(:ids::uuid[], :sources::text[], :keys::text[]) as r (id, source, key)
              left join serai.event e on e.id = r.id
              left join serai.event_key k on k.key = r.key and k.source = r.source
            group by 1
            """)
        .param("ids", events.stream().map(LoggedEvent::id).toArray(UUID[]::new))
        .param("sources", events.stream().map(LoggedEvent::source).toArray(String[]::new))
        .param("keys", events.stream().map(LoggedEvent::key).toArray(String[]::new))
        .query(
            row -> {
              found.put(outcome(row.getString("outcome")), row.getLong("events"));
            });
    return found;
  }

  /**
   * Brings events back, with their own ids and keys. Nothing changes what is there.
   *
   * @param events no two with one id
   * @param deliver whether subscriptions get those that were not there; what takes only received
   *     events has had them
   * @return how many had which outcome
   */
  public Map<Outcome, Long> restore(List<LoggedEvent> events, boolean deliver) throws SQLException {
    SubscriptionMatch match = subscriptions.match();
    while (true) {
      List<NewDelivery> deliveries = deliver ? deliveries(events, match) : List.of();
      Map<UUID, Outcome> outcomes = execute(events, deliveries, match);
      if (outcomes != null) {
        Set<UUID> fresh = new HashSet<>();
        Map<Outcome, Long> found = new EnumMap<>(Outcome.class);
        outcomes.forEach(
            (id, outcome) -> {
              found.merge(outcome, 1L, Long::sum);
              if (outcome == Outcome.RESTORED) {
                fresh.add(id);
              }
            });
        log.committed(NewDelivery.ofFresh(deliveries, events.size(), fresh));
        return found;
      }
      match = subscriptions.reload();
    }
  }

  private List<NewDelivery> deliveries(List<LoggedEvent> events, SubscriptionMatch match) {
    Instant now = clock.instant();
    List<NewDelivery> deliveries = new ArrayList<>();
    for (LoggedEvent logged : events) {
      if (logged.conflict() || logged.erasedAt() != null) {
        continue;
      }
      NewEvent event = logged.event();
      for (Subscription subscription : match.subscriptions(event)) {
        if (!subscription.received()) {
          String orderKey = OrderKey.of(subscription, event, logged.id());
          deliveries.add(
              new NewDelivery(logged.id(), subscription.id(), now, orderKey, NewDelivery.LOW));
        }
      }
    }
    return deliveries;
  }

  private @Nullable Map<UUID, Outcome> execute(
      List<LoggedEvent> events, List<NewDelivery> deliveries, SubscriptionMatch match)
      throws SQLException {
    try (Connection connection = engine.getConnection();
        PreparedStatement statement = connection.prepareStatement(RESTORE)) {
      var bind = new ArrayBinder(connection, statement);
      bind.number(match.version());
      bind.ids(events, LoggedEvent::id);
      bind.texts(events, LoggedEvent::source);
      bind.texts(events, LoggedEvent::type);
      bind.texts(events, LoggedEvent::key);
      bind.texts(events, LoggedEvent::subject);
      bind.texts(events, LoggedEvent::workspace);
      bind.times(events, LoggedEvent::time);
      bind.times(events, LoggedEvent::receivedAt);
      bind.texts(events, LoggedEvent::contentType);
      bind.bytes(events, LoggedEvent::body);
      bind.texts(events, LoggedEvent::verifiedBy);
      bind.ids(events, LoggedEvent::causationId);
      bind.numbers(events, LoggedEvent::hops);
      bind.texts(events, LoggedEvent::signature);
      bind.flags(events, LoggedEvent::conflict);
      bind.times(events, LoggedEvent::erasedAt);
      bind.ids(deliveries, NewDelivery::eventId);
      bind.numbers(deliveries, NewDelivery::subscriptionId);
      bind.times(deliveries, NewDelivery::dueAt);
      bind.texts(deliveries, NewDelivery::orderKey);
      Map<UUID, Outcome> outcomes = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UUID id = rows.getObject(1, UUID.class);
          if (id == null) {
            return null;
          }
          outcomes.put(id, outcome(rows.getString(2)));
        }
      }
      return outcomes;
    }
  }

  private static Outcome outcome(String word) {
    return Outcome.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
