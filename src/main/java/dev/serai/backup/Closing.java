package dev.serai.backup;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what a run has open, however the run ends. */
final class Closing extends SynchronizationAdapter {

  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  private final AutoCloseable open;

  private Closing(AutoCloseable open) {
    this.open = open;
  }

  static void with(Exchange exchange, AutoCloseable open) {
    exchange.getExchangeExtension().addOnCompletion(new Closing(open));
  }

  @Override
  public void onDone(Exchange ended) {
    try {
      open.close();
    } catch (Exception e) {
      log.warn("What a backup had open could not be closed: {}", e.getMessage());
    }
  }
}
