package dev.serai.api;

import dev.serai.cloud.google.Integrations;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /health/detailed} says of Google's services, with serai.cloud=gcp. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "serai.cloud", havingValue = "gcp")
class GoogleHealthConfiguration {

  /** One that is down leaves webhooks and all else running; its deliveries wait. */
  @Bean
  HealthIndicator googleHealthIndicator(Integrations integrations) {
    return () -> {
      Map<String, Integrations.State> states = integrations.states();
      boolean well = states.values().stream().allMatch(state -> state.problem() == null);
      Health.Builder health = well ? Health.up() : Health.status(HealthConfiguration.DEGRADED);
      states.forEach(
          (name, state) ->
              health.withDetail(
                  name,
                  Map.of(
                      "problem",
                      Objects.requireNonNullElse(state.problem(), "none"),
                      "checked_at",
                      state.at().toString())));
      return health.build();
    };
  }
}
