package dev.serai.api;

import dev.serai.bus.Rates;
import dev.serai.event.BacklogCounts;
import dev.serai.event.Breakers;
import dev.serai.event.Subscriptions;
import dev.serai.event.Times;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The routes that want events, and how far behind they are. */
@RestController
@RequestMapping("/api/v1/subscriptions")
class SubscriptionsController {

  private static final String SUBSCRIPTIONS =
      """
      select s.name, s.state, s.types, s.sources, s.filter, s.order_by,
        s.key_concurrency, s.on_dead, s.max_attempts, s.created_at,
        s.declared_at, s.reason, s.rate, open.count as open, open.oldest, dead.count as dead,
        b.state as breaker, b.since, b.opened, b.cause, b.probe_at
      from serai.subscription s left join serai.breaker b on b.subscription_id = s.id,
        %s
      where s.state <> 'retired' order by s.name
      """
          .formatted(BacklogCounts.OPEN_AND_DEAD);

  private final JdbcClient jdbc;
  private final Subscriptions subscriptions;
  private final Breakers breakers;
  private final Rates rates;

  SubscriptionsController(
      @Qualifier("readDataSource") DataSource reads,
      Subscriptions subscriptions,
      Breakers breakers,
      Rates rates) {
    this.jdbc = JdbcClient.create(reads);
    this.subscriptions = subscriptions;
    this.breakers = breakers;
    this.rates = rates;
  }

  /** Lists the subscriptions with their open and dead deliveries, counted up to 10,000. */
  @GetMapping
  Listing list() {
    return new Listing(
        jdbc.sql(SUBSCRIPTIONS)
            .query(
                (row, number) ->
                    new View(
                        row.getString("name"),
                        row.getString("state"),
                        List.of((String[]) row.getArray("types").getArray()),
                        List.of((String[]) row.getArray("sources").getArray()),
                        row.getString("filter"),
                        row.getString("order_by"),
                        row.getInt("key_concurrency"),
                        row.getString("on_dead"),
                        row.getInt("max_attempts"),
                        Times.instant(row, "created_at"),
                        Times.instant(row, "declared_at"),
                        row.getString("reason"),
                        row.getInt("open"),
                        Times.instantOrNull(row, "oldest"),
                        row.getInt("dead"),
                        row.getString("rate"),
                        rates.nextAt(row.getString("name"), row.getString("rate")),
                        BreakerView.of(row)))
            .list());
  }

  /**
   * Lets its deliveries wait; events are still taken.
   *
   * @param name the subscription
   * @param reason why, for whoever asks later
   */
  @PostMapping("/{name}/pause")
  Changed pause(@PathVariable String name, @RequestParam(defaultValue = "") String reason) {
    boolean changed = subscriptions.pause(name, reason);
    return changed(name, changed, "paused");
  }

  /**
   * Delivers again what waited.
   *
   * @param name the subscription
   */
  @PostMapping("/{name}/resume")
  Changed resume(@PathVariable String name) {
    return changed(name, subscriptions.resume(name), "active");
  }

  /**
   * Closes its breaker: deliveries go on within a second, without waiting for a probe. If its
   * receiver is still down, it opens again.
   *
   * @param name the subscription
   */
  @PostMapping("/{name}/close-breaker")
  Changed closeBreaker(@PathVariable String name) {
    return changed(name, breakers.close(name), "closed");
  }

  private Changed changed(String name, boolean changed, String state) {
    if (!changed && subscriptions.find(name).isEmpty()) {
      throw Problem.notFound("subscription", name);
    }
    return new Changed(name, state, changed);
  }

  /**
   * The subscriptions.
   *
   * @param subscriptions by name
   */
  record Listing(List<View> subscriptions) {}

  /**
   * A subscription that was told to pause or to resume, or to close its breaker.
   *
   * @param name the subscription
   * @param state the state that it, or its breaker, has now
   * @param changed whether it had another before
   */
  record Changed(String name, String state, boolean changed) {}

  /**
   * A subscription.
   *
   * @param name the id of its route
   * @param state active or paused
   * @param types patterns of the types that it wants
   * @param sources the sources that it wants; none for all
   * @param filter what events must be like beside their type; others are skipped
   * @param orderBy what its deliveries are ordered by
   * @param keyConcurrency how many with the same value of that may run at a time
   * @param onDead what a dead letter means to later ones of its key: skip, block or park
   * @param maxAttempts how many attempts a delivery has
   * @param createdAt when it was first declared
   * @param declaredAt when a hub last declared it
   * @param reason why it is paused
   * @param open deliveries that are ready or running
   * @param oldestDueAt when the oldest of them became due
   * @param dead dead letters
   * @param rate how many deliveries may begin, over all hubs, e.g. 100/s; missing for any number
   * @param rateNextAt when the rate lets the next one begin; missing if it does now, or if Redis is
   *     away
   * @param breaker its breaker; missing if its route has none
   */
  record View(
      String name,
      String state,
      List<String> types,
      List<String> sources,
      @Nullable String filter,
      @Nullable String orderBy,
      int keyConcurrency,
      String onDead,
      int maxAttempts,
      Instant createdAt,
      Instant declaredAt,
      @Nullable String reason,
      int open,
      @Nullable Instant oldestDueAt,
      int dead,
      @Nullable String rate,
      @Nullable Instant rateNextAt,
      @Nullable BreakerView breaker) {}
}
