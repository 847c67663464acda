package dev.serai.api;

import dev.serai.cloud.storage.LocalObjects;
import dev.serai.cloud.storage.SignedAddresses;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** What the hub has of objects where it keeps them itself: in a cloud that is the cloud's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "serai.cloud", havingValue = "local", matchIfMissing = true)
class ObjectConfiguration {

  /** Behind the filter that gives requests an id. */
  private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1;

  @Bean
  FilterRegistrationBean<ObjectDoor> objectDoor(
      LocalObjects objects, SignedAddresses addresses, ProblemWriter problems) {
    FilterRegistrationBean<ObjectDoor> door =
        new FilterRegistrationBean<>(new ObjectDoor(objects, addresses, problems));
    door.addUrlPatterns(ObjectAddress.PATH + "*");
    door.setOrder(ORDER);
    return door;
  }

  /** A bucket that can't be written leaves the others, and everything else, as they are. */
  @Bean
  HealthIndicator storageHealthIndicator(LocalObjects objects) {
    return () -> {
      Map<String, Optional<String>> buckets = objects.problems();
      Health.Builder health =
          buckets.values().stream().allMatch(Optional::isEmpty)
              ? Health.up()
              : Health.status(HealthConfiguration.DEGRADED);
      buckets.forEach((bucket, problem) -> health.withDetail(bucket, problem.orElse("ok")));
      return health.build();
    };
  }
}
