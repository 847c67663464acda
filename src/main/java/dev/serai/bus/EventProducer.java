package dev.serai.bus;

import dev.serai.event.Claimed;
import dev.serai.event.EventLog;
import dev.serai.event.NewDelivery;
import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import dev.serai.trace.Hop;
import dev.serai.trace.TraceText;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Appends an event: the one that the route received, or a new one with the message as its data. */
final class EventProducer extends DefaultProducer {

  private final Engine engine;
  private final EmittedEvent emitted;

  EventProducer(EventEndpoint endpoint, EventProducerOptions options, Engine engine) {
    super(endpoint);
    this.engine = engine;
    this.emitted = new EmittedEvent(endpoint.getCamelContext(), options, engine.clock());
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    NewEvent received = exchange.getProperty(NewEvent.PROPERTY, NewEvent.class);
    NewEvent event =
        received != null && !emitted.hasType()
            ? emitted.marked(received)
            : caused(emitted.of(exchange, delivery(exchange)), Hop.of(exchange));
    exchange.setProperty(Receipt.PROPERTY, append(event));
  }

  private static NewEvent caused(NewEvent event, @Nullable Hop cause) {
    return cause == null ? event : event.causedBy(TraceText.line(cause.context()));
  }

  static Claimed delivery(Exchange exchange) {
    return exchange.getProperty(Claimed.PROPERTY, Claimed.class);
  }

  private Receipt append(NewEvent event) throws Exception {
    if (!TransactionSynchronizationManager.hasResource(engine.handlers())) {
      return engine.log().appendAndWait(event);
    }
    List<NewDelivery> deliveries = new ArrayList<>();
    Connection connection = DataSourceUtils.getConnection(engine.handlers());
    Receipt receipt = engine.log().appendWithin(connection, event, deliveries::addAll);
    TransactionSynchronizationManager.registerSynchronization(
        new CommittedDeliveries(engine.log(), deliveries));
    return receipt;
  }

  /** Hints the deliveries of an event once the transaction that it belongs to has committed. */
  private record CommittedDeliveries(EventLog log, List<NewDelivery> deliveries)
      implements TransactionSynchronization {
    @Override
    public void afterCommit() {
      log.committed(deliveries);
    }
  }
}
