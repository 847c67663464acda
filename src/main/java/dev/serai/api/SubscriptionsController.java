package dev.serai.api;

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

  /** Counting stops here: a backlog of millions is as clear from ten thousand. */
  private static final int COUNT_LIMIT = 10_000;

  private static final String SUBSCRIPTIONS =
      """
      select s.name, s.state, s.types, s.sources, s.filter, s.order_by,
        s.key_concurrency, s.on_dead, s.max_attempts, s.created_at,
        s.declared_at, s.reason, open.count as open, open.oldest, dead.count as dead
      from serai.subscription s,
        lateral (select count(*), min(due_at) as oldest from (
          select due_at from serai.delivery d
          where d.open and d.subscription_id = s.id limit :most) as o) as open,
        lateral (select count(*) from (
          select 1 from serai.delivery d
          where d.dead and d.subscription_id = s.id limit :most) as o) as dead
      where s.state <> 'retired' order by s.name
      """;

  private final JdbcClient jdbc;
  private final Subscriptions subscriptions;

  SubscriptionsController(
      @Qualifier("readDataSource") DataSource reads, Subscriptions subscriptions) {
    this.jdbc = JdbcClient.create(reads);
    this.subscriptions = subscriptions;
  }

  /** Lists the subscriptions with their open and dead deliveries, counted up to 10,000. */
  @GetMapping
  Listing list() {
    return new Listing(
        jdbc.sql(SUBSCRIPTIONS)
            .param("most", COUNT_LIMIT)
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
                        row.getInt("dead")))
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
   * A subscription that was told to pause or to resume.
   *
   * @param name the subscription
   * @param state the state it has now
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
      int dead) {}
}
