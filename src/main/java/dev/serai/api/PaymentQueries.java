package dev.serai.api;

import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads payments, and what belongs to them, for the API. */
@Component
class PaymentQueries {

  private static final String LIST =
      """
      select * from payments.payment
      where (:provider::text is null or provider = :provider)
        and (:state::text is null or state = :state)
        and (:customer::text is null or customer = :customer)
        and (:workspace::text is null or workspace = :workspace)
        and (:subscription::text is null or subscription_id = :subscription)
        and (:from::timestamptz is null or known_at >= :from)
        and (:to::timestamptz is null or known_at < :to)
        and (:cursor::bigint is null or number < :cursor)
      order by number desc limit :most
      """;

  private static final String REFUNDS =
      """
      select * from payments.refund where provider = :provider and payment_id = :id
      order by known_at, id
      """;

  private static final String HISTORY =
      """
      select * from payments.transition
      where provider = :provider and (kind = 'payment' and id = :id or payment_id = :id
        or kind = 'refund' and id in (
          select id from payments.refund where provider = :provider and payment_id = :id))
      order by number
      """;

  private final JdbcClient jdbc;

  PaymentQueries(@Qualifier("readDataSource") DataSource reads) {
    this.jdbc = JdbcClient.create(reads);
  }

  /** One row more than a page has, if there are so many. */
  List<Numbered> list(QueryParameters wanted, @Nullable Long cursor, int limit) {
    return jdbc.sql(LIST)
        .param("provider", wanted.text("provider"))
        .param("state", wanted.oneOf("state", PaymentsController.STATES))
        .param("customer", wanted.text("customer"))
        .param("workspace", wanted.text("workspace"))
        .param("subscription", wanted.text("subscription"))
        .param("from", wanted.timestamp("from"))
        .param("to", wanted.timestamp("to"))
        .param("cursor", cursor)
        .param("most", limit + 1)
        .query((row, number) -> new Numbered(row.getLong("number"), payment(row, number)))
        .list();
  }

  /** Those of this id: of each provider at most one. */
  List<PaymentView> find(String id, @Nullable String provider) {
    return jdbc.sql(
            """
            select * from payments.payment
            where id = :id and (:provider::text is null or provider = :provider) order by provider
            """)
        .param("id", id)
        .param("provider", provider)
        .query(PaymentQueries::payment)
        .list();
  }

  PaymentView.Whole whole(PaymentView payment) {
    List<PaymentView.Transition> history =
        of(payment, HISTORY).query(PaymentQueries::transition).list();
    return new PaymentView.Whole(
        payment,
        customer(payment).orElse(null),
        of(payment, REFUNDS).query(PaymentQueries::refund).list(),
        history,
        events(history.stream().map(PaymentView.Transition::eventId).toArray(UUID[]::new)));
  }

  private JdbcClient.StatementSpec of(PaymentView payment, String sql) {
    return jdbc.sql(sql).param("provider", payment.provider()).param("id", payment.id());
  }

  private Optional<PaymentView.Customer> customer(PaymentView payment) {
    return jdbc.sql("select * from payments.customer where provider = :provider and id = :id")
        .param("provider", payment.provider())
        .param("id", payment.customer())
        .query(
            (row, number) ->
                new PaymentView.Customer(
                    row.getString("id"), row.getString("email"), row.getString("workspace")))
        .optional();
  }

  private List<PaymentView.Behind> events(UUID[] ids) {
    return jdbc.sql(
            "select id, source, type, time from serai.event where id = any(:ids) order by id")
        .param("ids", ids)
        .query(
            (row, number) ->
                new PaymentView.Behind(
                    row.getObject("id", UUID.class),
                    row.getString("source"),
                    row.getString("type"),
                    Times.instant(row, "time")))
        .list();
  }

  private static PaymentView payment(ResultSet row, int number) throws SQLException {
    return new PaymentView(
        row.getString("provider"),
        row.getString("id"),
        row.getString("state"),
        row.getLong("amount"),
        row.getLong("amount_refunded"),
        row.getString("currency"),
        row.getString("customer"),
        row.getString("workspace"),
        row.getString("subscription_id"),
        Times.instantOrNull(row, "created_at"),
        Times.instantOrNull(row, "succeeded_at"),
        Times.instantOrNull(row, "failed_at"),
        row.getString("failure_code"),
        row.getString("failure_message"),
        Times.instantOrNull(row, "refunded_at"),
        Times.instant(row, "known_at"),
        Times.instant(row, "updated_at"));
  }

  private static PaymentView.Refund refund(ResultSet row, int number) throws SQLException {
    return new PaymentView.Refund(
        row.getString("id"),
        row.getString("state"),
        row.getString("status"),
        row.getLong("amount"),
        row.getString("currency"),
        row.getString("reason"),
        row.getString("failure_code"),
        Times.instant(row, "changed_at"));
  }

  private static PaymentView.Transition transition(ResultSet row, int number) throws SQLException {
    return new PaymentView.Transition(
        row.getString("kind"),
        row.getString("id"),
        row.getString("from_state"),
        row.getString("to_state"),
        row.getString("word"),
        Times.instant(row, "at"),
        row.getObject("event_id", UUID.class),
        row.getString("refused"));
  }

  /** A payment and its place in the listing. */
  record Numbered(long number, PaymentView payment) {}
}
