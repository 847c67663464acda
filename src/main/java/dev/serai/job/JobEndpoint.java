package dev.serai.job;

import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Runs a route by the clock, or notes what a run does.
 *
 * <p>As a consumer it has one run of each slot in the whole cluster. The body is the slot's event
 * (JSON with {@code job}, {@code slot}, {@code kind} and {@code parameters}), the variable {@code
 * job} the same as a map with {@code attempt} and {@code trace} (the trace id) beside, the variable
 * {@code serai.result} becomes the result. As a producer it notes progress, a message or a line of
 * the log with the run that the route handles.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "job",
    title = "Job",
    syntax = "job",
    category = {Category.SCHEDULING})
public final class JobEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

  private final JobRegistry registry;
  private final RunNotes notes;
  private final LateStarts late;

  @UriParam private final JobOptions consumer;
  @UriParam private final RunOptions producer;

  JobEndpoint(
      String uri,
      JobComponent component,
      JobRegistry registry,
      RunNotes notes,
      LateStarts late,
      JobOptions consumer,
      RunOptions producer) {
    super(uri, component);
    this.registry = registry;
    this.notes = notes;
    this.late = late;
    this.consumer = consumer;
    this.producer = producer;
  }

  @Override
  public Producer createProducer() {
    return new RunProducer(this, producer, notes);
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    Definition definition =
        consumer.definition(); // so that a trial of the route finds what can't be
    // The engine that delivers events delivers runs: retries, leases and dead letters are written
    // once.
    Component events = getCamelContext().getComponent("event");
    Consumer deliveries =
        events
            .createEndpoint("event?types=" + Job.type(consumer.name()), consumer.delivery())
            .createConsumer(new RunProcessor(processor, consumer.name(), definition, late));
    JobConsumer created = new JobConsumer(this, deliveries, consumer, definition, registry);
    configureConsumer(created);
    return created;
  }

  @Override
  public boolean isMultipleConsumersSupported() {
    return true;
  }
}
