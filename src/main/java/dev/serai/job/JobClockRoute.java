package dev.serai.job;

import org.apache.camel.builder.RouteBuilder;

/** Camel's Quartz is the clock: one tick a second in each hub, and no memory of any job. */
final class JobClockRoute extends RouteBuilder {

  private final JobClock clock;

  JobClockRoute(JobClock clock) {
    this.clock = clock;
  }

  @Override
  public void configure() {
    from("quartz:serai/job-clock?cron=*+*+*+*+*+?&stateful=true")
        .routeId("job-clock")
        .routeDescription("Makes runs of the slots that are due")
        .routeGroup("clock")
        .process(exchange -> clock.tick());
  }
}
