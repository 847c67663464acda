package dev.serai.event;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Appends, claims and finishes as in earnest, in transactions that are rolled back. The Java
 * virtual machine compiles what has run often enough: after a rehearsal the first real requests are
 * quick.
 */
public final class Rehearsal {

  /** No subscription has this number. */
  private static final int SUBSCRIPTION = -1;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final DataSource engine;
  private final Clock clock;
  private final Nodes nodes;
  private final EventIds ids;
  private final SensitiveBodies bodies;
  private final Subscriptions subscriptions;
  private final AppendStatement append = new AppendStatement();
  private final ClaimStatement claim;
  private final FinishStatement finish = new FinishStatement();
  private final DatabaseSettings.Append settings;

  Rehearsal(
      DataSource engine,
      Clock clock,
      Nodes nodes,
      EventIds ids,
      SensitiveBodies bodies,
      Subscriptions subscriptions,
      DatabaseSettings.Append settings) {
    this.engine = engine;
    this.clock = clock;
    this.nodes = nodes;
    this.ids = ids;
    this.bodies = bodies;
    this.claim = new ClaimStatement(bodies);
    this.subscriptions = subscriptions;
    this.settings = settings;
  }

  /** Opens the stage for some time. */
  public Stage open() {
    return new Stage();
  }

  /** Takes events like the log, and keeps none. */
  public final class Stage implements AutoCloseable {
    private final int node = nodes.register("rehearsal", "");
    private final GroupWriter<NewEvent, Receipt> writer =
        new GroupWriter<>(
            settings.limits("rehearsal", PATIENCE), event -> event.body().length, this::perform);

    public Receipt appendAndWait(NewEvent event) throws InterruptedException {
      return writer.submitAndWait(event);
    }

    private List<Receipt> perform(List<NewEvent> events) throws SQLException {
      List<AppendRow> rows =
          events.stream()
              .map(event -> AppendRow.of(ids.next(), event, bodies))
              .sorted(AppendRow.BY_KEY)
              .toList();
      try (Connection connection = engine.getConnection()) {
        connection.setAutoCommit(false);
        try {
          perform(connection, rows);
        } finally {
          connection.rollback();
          connection.setAutoCommit(true);
        }
      }
      return rows.stream().map(row -> new Receipt(row.id(), Receipt.Status.ACCEPTED)).toList();
    }

    private void perform(Connection connection, List<AppendRow> rows) throws SQLException {
      Instant now = clock.instant();
      List<NewDelivery> deliveries = new ArrayList<>();
      rows.forEach(row -> deliveries.add(new NewDelivery(row.id(), SUBSCRIPTION, now, null)));
      if (append.execute(connection, rows, deliveries, now, subscriptions.match()) == null) {
        subscriptions.reload();
        return;
      }
      List<UUID> events = rows.stream().map(AppendRow::id).toList();
      List<Claimed> claimed =
          claim.execute(
              connection, node, SUBSCRIPTION, Ordering.NONE, null, events, clock.instant());
      finish.execute(
          connection,
          claimed.stream().map(delivery -> Finish.done(delivery, now)).toList(),
          clock.instant());
    }

    @Override
    public void close() throws InterruptedException {
      writer.close();
      nodes.leave(node);
    }
  }
}
