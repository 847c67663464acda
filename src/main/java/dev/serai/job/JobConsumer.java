package dev.serai.job;

import org.apache.camel.Consumer;
import org.apache.camel.RouteAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;

/** A job's route: its deliveries are open, and the job is this hub's, while the route runs. */
final class JobConsumer extends DefaultConsumer {

  private final Consumer deliveries;
  private final JobOptions options;
  private final Definition definition;
  private final JobRegistry registry;

  JobConsumer(
      JobEndpoint endpoint,
      Consumer deliveries,
      JobOptions options,
      Definition definition,
      JobRegistry registry) {
    super(endpoint, deliveries.getProcessor());
    this.deliveries = deliveries;
    this.options = options;
    this.definition = definition;
    this.registry = registry;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    if (deliveries instanceof RouteAware aware) {
      aware.setRoute(getRoute());
    }
    ServiceHelper.startService(deliveries);
    try {
      registry.open(options.name(), getRoute().getRouteId(), definition, options.overlap());
    } catch (RuntimeException e) {
      ServiceHelper.stopService(deliveries); // nobody stops what has not started
      throw e;
    }
  }

  @Override
  protected void doStop() throws Exception {
    registry.close(options.name(), getRoute().getRouteId());
    ServiceHelper.stopService(deliveries);
    super.doStop();
  }
}
