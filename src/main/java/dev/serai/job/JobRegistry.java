package dev.serai.job;

import dev.serai.event.Subscription;
import dev.serai.event.Subscriptions;
import dev.serai.event.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/** The jobs whose routes run in this hub. */
final class JobRegistry {

  private static final Logger log = LoggerFactory.getLogger(JobRegistry.class);

  /** A route's change is no call of the API, but somebody will ask who changed the schedule. */
  private static final String AUDIT =
      """
      insert into serai.audit (id, at, key, role, remote, method, path, parameters, status, detail)
      values (:id, :at, 'routes', 'hub', :route, 'DECLARE', :path,
        jsonb_build_object('before', :before, 'after', :after), 200, :detail)
      """;

  private final JobRows rows;
  private final JdbcClient jdbc;
  private final Subscriptions subscriptions;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Map<String, String> routes = new ConcurrentHashMap<>();

  JobRegistry(
      JobRows rows,
      JdbcClient jdbc,
      Subscriptions subscriptions,
      TransactionTemplate transaction,
      Clock clock) {
    this.rows = rows;
    this.jdbc = jdbc;
    this.subscriptions = subscriptions;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * A route with this job begins. Its subscription must be declared.
   *
   * @throws IllegalArgumentException when another route of this hub has the name
   */
  void open(String name, String route, Definition definition, Overlap overlap) {
    String other = routes.putIfAbsent(name, route);
    if (other != null && !other.equals(route)) {
      throw new IllegalArgumentException(
          "job: option 'name' is '%s', which is the job of route '%s'; it must be one of its own"
              .formatted(name, other));
    }
    int subscription =
        subscriptions
            .find(route)
            .map(Subscription::id)
            .orElseThrow(() -> new IllegalStateException("No subscription '%s'".formatted(route)));
    transaction.executeWithoutResult(
        status -> declare(name, route, subscription, definition, overlap));
  }

  /** A route with this job has ended. */
  void close(String name, String route) {
    routes.remove(name, route);
  }

  private void declare(
      String name, String route, int subscription, Definition definition, Overlap overlap) {
    Instant now = clock.instant();
    boolean fresh = rows.insert(name, subscription, definition, overlap, now) > 0;
    Job known = rows.lock(name).orElseThrow();
    boolean changed =
        !known.definition().equals(definition)
            || known.overlap() != overlap
            || known.subscriptionId() != subscription;
    if (changed) {
      rows.change(known.id(), subscription, definition, overlap, now);
      audit(name, route, known, definition, overlap, now);
    }
    if (fresh || !known.definition().hasSlotsOf(definition)) {
      rows.begin(known, definition, now);
    } else if (!known.definition().successWithin().equals(definition.successWithin())) {
      rows.setExpected(known.id(), definition.expectedAfter(now));
    } else {
      rows.expectUnlessExpected(known.id(), definition.expectedAfter(now));
    }
    rows.touch(List.of(name), now);
  }

  private void audit(
      String name, String route, Job before, Definition definition, Overlap overlap, Instant now) {
    jdbc.sql(AUDIT)
        .param("id", UUID.randomUUID())
        .param("at", Times.utc(now))
        .param("route", route)
        .param("path", "/api/v1/jobs/" + name)
        .param("before", JobRows.text(before.definition()) + " overlap " + before.overlap().word())
        .param("after", JobRows.text(definition) + " overlap " + overlap.word())
        .param("detail", "The route of the job says something else than before")
        .update();
  }

  /** Says that this hub has these jobs; one that no hub has makes no runs. */
  @Scheduled(fixedRate = 10_000)
  void touch() {
    try {
      if (!routes.isEmpty()) {
        rows.touch(routes.keySet(), clock.instant());
      }
    } catch (DataAccessException e) {
      log.warn("Jobs are not declared, because the database can't be used", e);
    }
  }
}
