package dev.serai.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the deliveries of the next events of a replay ready, within the caller's transaction. */
final class ReplayPages {

  /** Events looked at in one step, however few of them match: a step is short. */
  private static final int SCAN = 1_000;

  /** A live event waits behind at most half a second's replayed ones, if handlers are slow. */
  private static final int LEAST_WAITING = 64;

  /** A subscription that no running hub has declared for longer has no handlers to wait for. */
  private static final Duration DECLARED = Duration.ofMinutes(3);

  private static final String BUSY =
      """
      select s.name from serai.subscription s
      where s.state = 'active' and s.declared_at > :declared
        and (:only::text is null or s.name = :only)
        and (select count(*) from (
          select from serai.delivery d where d.open and d.subscription_id = s.id
            and d.priority = -1 and d.due_at <= :now limit :most) as w) >= :most
      limit 1
      """;

  static final String LAST_OF_EVENTS =
      """
      select id from (select id from serai.event where id > :position and id < :until
        order by id limit :scan) as s order by id desc limit 1
      """;

  private static final String LAST_OF_DEAD =
      """
      select event_id from (select event_id from serai.delivery
        where dead and event_id > :position and event_id < :until
        order by event_id limit :scan) as s order by event_id desc limit 1
      """;

  private static final String MAKE_READY =
      "select * from serai.replay_2(:now, :events, :subscriptions, :orderKeys)";

  private final JdbcClient jdbc;
  private final Subscriptions subscriptions;

  ReplayPages(JdbcClient jdbc, Subscriptions subscriptions) {
    this.jdbc = jdbc;
    this.subscriptions = subscriptions;
  }

  /**
   * @param most events that are delivered again in this step
   * @throws IllegalStateException when it can't go on
   */
  ReplayPage make(Replay replay, int most, Instant now) {
    Subscription only = only(replay.subscription());
    Optional<String> busy = busy(replay, now);
    if (busy.isPresent()) {
      return ReplayPage.waiting(replay.position(), busy.get());
    }
    ReplayFilter filter = ReplayFilter.of(replay.filter());
    Optional<UUID> bound = bound(replay, filter);
    if (bound.isEmpty()) {
      return ReplayPage.end(replay.position());
    }
    ReplayQuery query = ReplayQuery.of(filter, only);
    List<StoredEvent> events = events(replay, query, bound.get(), most);
    List<NewDelivery> wanted =
        query.isOfDeliveries() ? existing(events, query, now) : matching(events, only, now);
    List<NewDelivery> made = makeReady(wanted, now);
    UUID position = events.size() == most ? events.getLast().id() : bound.get();
    int skipped = wanted.size() - made.size();
    return new ReplayPage(position, events.size(), made, made.size(), skipped, false, null);
  }

  private @Nullable Subscription only(@Nullable String name) {
    return name == null
        ? null
        : subscriptions
            .find(name)
            .orElseThrow(
                () -> new IllegalStateException("Subscription '%s' is gone".formatted(name)));
  }

  private Optional<String> busy(Replay replay, Instant now) {
    return jdbc.sql(BUSY)
        .param("declared", Times.utc(now.minus(DECLARED)))
        .param("only", replay.subscription())
        .param("now", Times.utc(now))
        .param("most", Math.max(LEAST_WAITING, replay.rate() / 2))
        .query(String.class)
        .optional();
  }

  private Optional<UUID> bound(Replay replay, ReplayFilter filter) {
    return jdbc.sql(filter.isOfTheDead() ? LAST_OF_DEAD : LAST_OF_EVENTS)
        .param("position", replay.position())
        .param("until", replay.until())
        .param("scan", SCAN)
        .query(UUID.class)
        .optional();
  }

  /** The lock keeps retention from deleting what is about to be delivered. */
  private List<StoredEvent> events(Replay replay, ReplayQuery query, UUID bound, int most) {
    return jdbc.sql(
            """
            select %s from serai.event e
            where e.id > :position and e.id <= :bound and %s
            order by e.id limit :most for key share of e
            """
                .formatted(StoredEvent.COLUMNS, query.where()))
        .params(query.parameters())
        .param("position", replay.position())
        .param("bound", bound)
        .param("most", most)
        .query(StoredEvent::read)
        .list();
  }

  private List<NewDelivery> matching(
      List<StoredEvent> events, @Nullable Subscription only, Instant now) {
    SubscriptionMatch match = subscriptions.reload();
    List<NewDelivery> wanted = new ArrayList<>();
    for (StoredEvent stored : events) {
      for (Subscription subscription : match.subscriptions(stored.event())) {
        if (only == null || only.id() == subscription.id()) {
          String orderKey = stored.orderKey(subscription, jdbc);
          wanted.add(
              new NewDelivery(stored.id(), subscription.id(), now, orderKey, NewDelivery.LOW));
        }
      }
    }
    return wanted;
  }

  private List<NewDelivery> existing(List<StoredEvent> events, ReplayQuery query, Instant now) {
    return jdbc.sql(
            """
            select d.event_id, d.subscription_id, d.order_key from serai.delivery d
            where d.event_id = any(:events) and %s order by d.event_id
            """
                .formatted(query.deliveries()))
        .params(query.parameters())
        .param("events", events.stream().map(StoredEvent::id).toArray(UUID[]::new))
        .query(
            (row, number) ->
                new NewDelivery(
                    row.getObject("event_id", UUID.class),
                    row.getInt("subscription_id"),
                    now,
                    row.getString("order_key"),
                    NewDelivery.LOW))
        .list();
  }

  private List<NewDelivery> makeReady(List<NewDelivery> wanted, Instant now) {
    if (wanted.isEmpty()) {
      return wanted;
    }
    Map<UUID, List<Integer>> ready =
        jdbc
            .sql(MAKE_READY)
            .param("now", Times.micros(now))
            .param(
                "events", wanted.stream().map(w -> w.eventId().toString()).toArray(String[]::new))
            .param(
                "subscriptions",
                wanted.stream().map(NewDelivery::subscriptionId).toArray(Integer[]::new))
            .param("orderKeys", wanted.stream().map(NewDelivery::orderKey).toArray(String[]::new))
            .query((row, number) -> Map.entry(row.getObject(1, UUID.class), row.getInt(2)))
            .list()
            .stream()
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    return wanted.stream()
        .filter(
            delivery ->
                ready
                    .getOrDefault(delivery.eventId(), List.of())
                    .contains(delivery.subscriptionId()))
        .toList();
  }
}
