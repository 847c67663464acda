package dev.serai.bus;

import dev.serai.event.BacklogCounts;
import dev.serai.event.Backoff;
import dev.serai.event.Breakers;
import dev.serai.event.Deliveries;
import dev.serai.event.EventLog;
import dev.serai.event.Nodes;
import dev.serai.event.Subscriptions;
import dev.serai.redis.Keys;
import dev.serai.redis.Locks;
import dev.serai.redis.Redis;
import dev.serai.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BusSettings.class)
class BusConfiguration {

  @Bean(destroyMethod = "leave")
  Membership membership(Nodes nodes, ObjectProvider<BuildProperties> build)
      throws UnknownHostException {
    String version =
        build.stream().map(BuildProperties::getVersion).findFirst().orElse("development");
    String name =
        "%s:%s".formatted(InetAddress.getLocalHost().getHostName(), ProcessHandle.current().pid());
    return new Membership(nodes, name, version);
  }

  @Bean
  Bus bus(
      EventLog log,
      Deliveries deliveries,
      Subscriptions subscriptions,
      Membership membership,
      Redis redis,
      Keys keys,
      BusSettings settings,
      Clock clock,
      MeterRegistry registry,
      Guards guards,
      Tracing tracing,
      PlatformTransactionManager transactions,
      DataSource handlers) {
    log.onAppends((event, id, nanos) -> AttemptHops.appended(tracing, event, id, nanos));
    Engine engine =
        new Engine(
            log,
            deliveries,
            membership,
            new Hints(redis, keys),
            redis,
            new Yield(log::waiting, settings.yieldAbove(), settings.floor()),
            new Backoff(new SecureRandom()),
            clock,
            new BusMetrics(registry),
            guards,
            tracing,
            new TransactionTemplate(transactions),
            handlers);
    return new Bus(engine, subscriptions);
  }

  /** What need not be done by each hub. */
  @Bean
  LockedTurns turns(Locks locks) {
    return new LockedTurns(locks);
  }

  @Bean
  Rates rates(Redis redis, Keys keys, Clock clock) {
    return new Rates(redis, keys, clock);
  }

  @Bean
  Guards guards(Breakers breakers, Redis redis, Keys keys, Rates rates, MeterRegistry registry) {
    return new Guards(breakers, new FailureRow(redis, keys), rates, new GuardMetrics(registry));
  }

  @Bean
  BacklogGauges backlogGauges(BacklogCounts backlogs, MeterRegistry registry) {
    return new BacklogGauges(backlogs, registry);
  }

  /** Heartbeats and sweeps go on until the last delivery has ended. */
  @Bean
  ThreadPoolTaskSchedulerCustomizer beatUntilDrained() {
    return scheduler -> scheduler.setAcceptTasksAfterContextClose(true);
  }

  /** Camel finds a component under this name. */
  @Bean("event-component")
  EventComponent eventComponent(Bus bus) {
    return new EventComponent(bus);
  }
}
