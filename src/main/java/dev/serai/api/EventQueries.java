package dev.serai.api;

import dev.serai.event.EventIds;
import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads events and their deliveries for the API. */
@Component
class EventQueries {

  private static final String EVENTS =
      """
      select e.id, e.source, e.type, e.key, e.subject, e.workspace, e.time, e.received_at,
        e.content_type, length(e.body) as body_bytes, e.verified_by, e.causation_id, e.hops, e.trace,
        e.conflict, e.sensitive, e.erased_at, coalesce(k.duplicates, 0) as duplicates, k.last_duplicate_at
      from serai.event e
      left join serai.event_key k on k.key = e.key and k.source = e.source and k.event_id = e.id
      """;

  private static final String DELIVERIES =
      """
      select d.event_id, s.name, d.state, d.attempts, d.priority, d.order_key, d.due_at, d.claimed_at, d.finished_at, d.node,
        d.replays, d.cause, d.replaced_by, null as result
      from serai.delivery d join serai.subscription s on s.id = d.subscription_id
      """;

  /** Results are long: only whoever asks for one event gets them. */
  private static final String DELIVERIES_WITH_RESULT =
      DELIVERIES.replace("null as result", "d.result");

  private final JdbcClient jdbc;

  EventQueries(@Qualifier("readDataSource") DataSource reads) {
    this.jdbc = JdbcClient.create(reads);
  }

  EventView.Page list(EventFilter filter) {
    String where =
        filter.conditions().isEmpty() ? "" : "where " + String.join(" and ", filter.conditions());
    List<EventView> events =
        jdbc.sql(EVENTS + where + " order by e.id desc limit :most")
            .params(filter.parameters())
            .param("most", filter.limit() + 1)
            .query(EventQueries::event)
            .list();
    Slice<EventView> page = Slice.of(events, filter.limit());
    return new EventView.Page(
        withDeliveries(page.rows()), page.next(event -> event.id().toString()));
  }

  private List<EventView> withDeliveries(List<EventView> events) {
    if (events.isEmpty()) {
      return events;
    }
    UUID[] ids = events.stream().map(EventView::id).toArray(UUID[]::new);
    Map<UUID, List<DeliveryView>> deliveries =
        jdbc
            .sql(DELIVERIES + "where d.event_id = any(:ids) order by s.name")
            .param("ids", ids)
            .query(EventQueries::delivery)
            .list()
            .stream()
            .collect(Collectors.groupingBy(DeliveryView::eventId));
    return events.stream()
        .map(event -> event.with(deliveries.getOrDefault(event.id(), List.of())))
        .toList();
  }

  Optional<EventView> find(UUID id) {
    return jdbc.sql(EVENTS + "where e.id = :id")
        .param("id", id)
        .query(EventQueries::event)
        .optional()
        .map(event -> event.with(deliveriesWithAttempts(id)));
  }

  private List<DeliveryView> deliveriesWithAttempts(UUID id) {
    return jdbc
        .sql(DELIVERIES_WITH_RESULT + "where d.event_id = :id order by s.name")
        .param("id", id)
        .query(EventQueries::delivery)
        .list()
        .stream()
        .map(delivery -> delivery.with(attempts(id, delivery.subscription())))
        .toList();
  }

  private List<DeliveryView.AttemptView> attempts(UUID id, String subscription) {
    return jdbc.sql(
            """
            select a.* from serai.attempt a join serai.subscription s on s.id = a.subscription_id
            where a.event_id = :id and s.name = :subscription order by a.token desc limit 100
            """)
        .param("id", id)
        .param("subscription", subscription)
        .query(
            (row, number) ->
                new DeliveryView.AttemptView(
                    row.getInt("attempt"),
                    row.getInt("node"),
                    Times.instant(row, "started_at"),
                    Times.instant(row, "ended_at"),
                    row.getString("cause"),
                    row.getString("detail"),
                    Times.instantOrNull(row, "retry_at")))
        .list();
  }

  Optional<Body> body(UUID id) {
    return jdbc.sql("select source, content_type, body, sensitive from serai.event where id = :id")
        .param("id", id)
        .query(
            (row, number) ->
                new Body(row.getString(1), row.getString(2), row.getBytes(3), row.getBoolean(4)))
        .optional();
  }

  private static EventView event(ResultSet row, int number) throws SQLException {
    return new EventView(
        row.getObject("id", UUID.class),
        row.getString("source"),
        row.getString("type"),
        row.getString("key"),
        row.getString("subject"),
        row.getString("workspace"),
        Times.instant(row, "time"),
        Times.instant(row, "received_at"),
        row.getString("content_type"),
        row.getInt("body_bytes"),
        row.getString("verified_by"),
        row.getObject("causation_id", UUID.class),
        row.getInt("hops"),
        EventIds.traceId(row.getObject("id", UUID.class), row.getString("trace")),
        row.getBoolean("conflict"),
        row.getBoolean("sensitive"),
        Times.instantOrNull(row, "erased_at"),
        row.getInt("duplicates"),
        Times.instantOrNull(row, "last_duplicate_at"),
        List.of());
  }

  private static DeliveryView delivery(ResultSet row, int number) throws SQLException {
    return new DeliveryView(
        row.getObject("event_id", UUID.class),
        row.getString("name"),
        row.getString("state"),
        row.getInt("attempts"),
        row.getInt("priority"),
        row.getString("order_key"),
        Times.instant(row, "due_at"),
        Times.instantOrNull(row, "claimed_at"),
        Times.instantOrNull(row, "finished_at"),
        row.getObject("node", Integer.class),
        row.getInt("replays"),
        row.getString("cause"),
        row.getString("result"),
        row.getObject("replaced_by", UUID.class),
        List.of());
  }

  /**
   * A body as it is stored.
   *
   * @param sensitive whether it is encrypted
   */
  record Body(String source, String contentType, byte[] bytes, boolean sensitive) {}
}
