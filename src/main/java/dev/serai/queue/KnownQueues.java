package dev.serai.queue;

import dev.serai.event.Subscription;
import dev.serai.event.Subscriptions;
import dev.serai.event.Times;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The subscriptions of queues. One that has a route is declared by it; the others are declared here
 * when they are first used.
 */
class KnownQueues {

  private static final Logger log = LoggerFactory.getLogger(KnownQueues.class);

  /** How long a pause or a change by another hub may go unnoticed. */
  private static final Duration BELIEVED = Duration.ofSeconds(1);

  /** Appends are matched against every subscription, and names may come from anybody with a key. */
  private static final int MOST = 1_000;

  private static final String COUNT =
      "select count(*) from serai.subscription where starts_with(name, 'queue-') and state <>"
          + " 'retired'";

  /** A queue is not retired while jobs wait in it, however long nobody has come for them. */
  private static final String TOUCH =
      """
      update serai.subscription s set declared_at = :now
      where starts_with(s.name, 'queue-') and s.state <> 'retired'
        and exists (select from serai.delivery d where d.open and d.subscription_id = s.id)
      """;

  private final Subscriptions subscriptions;
  private final JdbcClient jdbc;
  private final QueueSettings settings;
  private final Clock clock;
  private final Map<String, Known> queues = new ConcurrentHashMap<>();

  KnownQueues(Subscriptions subscriptions, JdbcClient jdbc, QueueSettings settings, Clock clock) {
    this.subscriptions = subscriptions;
    this.jdbc = jdbc;
    this.settings = settings;
    this.clock = clock;
  }

  /** The queue of this name, made if there is none. */
  Subscription queue(String name) {
    return find(name).orElseGet(() -> declare(name));
  }

  /**
   * @throws UnknownJobException when there is no queue of this name
   */
  Subscription existing(String name) {
    return find(name).orElseThrow(() -> new UnknownJobException("queue", name));
  }

  private Optional<Subscription> find(String name) {
    QueueName.check(name);
    Instant now = clock.instant();
    Known known = queues.get(name);
    if (known != null && now.isBefore(known.until)) {
      return Optional.of(known.subscription);
    }
    Optional<Subscription> found = subscriptions.find(QueueName.subscription(name));
    found.ifPresentOrElse(
        subscription -> queues.put(name, new Known(subscription, now.plus(BELIEVED))),
        () -> queues.remove(name));
    return found;
  }

  private Subscription declare(String name) {
    if (jdbc.sql(COUNT).query(Integer.class).single() >= MOST) {
      throw new InvalidJobException(
          "name", "is '%s'; there are %s queues already, which is the most".formatted(name, MOST));
    }
    return subscriptions.declare(
        QueueName.subscription(name),
        List.of(QueueName.type(name)),
        List.of(),
        settings.attempts());
  }

  /** Makes the queues of the settings, and keeps those that are needed. */
  @Scheduled(fixedRate = 300_000)
  void touch() {
    try {
      settings.names().forEach(this::queue);
      jdbc.sql(TOUCH).param("now", Times.utc(clock.instant())).update();
    } catch (DataAccessException e) {
      log.warn("Queues are not declared yet, because the database can't be used", e);
    }
  }

  private record Known(Subscription subscription, Instant until) {}
}
