package dev.serai.bus;

import dev.serai.event.Subscriptions;
import dev.serai.redis.Keys;
import dev.serai.redis.Script;
import dev.serai.redis.clean.CleanRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Streams of hints to subscriptions that are retired, or were never heard of: no sweep comes by
 * them any more. One that a subscription still has stays, however old it is.
 */
@Configuration(proxyBeanMethods = false)
class StaleStreams {

  private static final String URGENT = ":urgent";

  @Bean
  CleanRule staleHints(Keys keys, Subscriptions subscriptions) {
    String prefix = keys.bus("");
    return new CleanRule(
        "stale-hints",
        "streams of hints to subscriptions that there are no more, an hour old",
        prefix,
        streams ->
            streams.stream()
                .filter(key -> isGone(key.substring(prefix.length()), subscriptions))
                .collect(Collectors.toSet()),
        Script.of("clean-stream"),
        List.of("3600"));
  }

  @Bean
  CleanRule staleBusRates(Keys keys) {
    return CleanRule.withoutExpiry("stale-bus-rates", keys.busRate(""));
  }

  @Bean
  CleanRule staleBusFailures(Keys keys) {
    return CleanRule.withoutExpiry("stale-bus-failures", keys.busFailures(""));
  }

  private static boolean isGone(String name, Subscriptions subscriptions) {
    Set<String> names =
        name.endsWith(URGENT)
            ? Set.of(name, name.substring(0, name.length() - URGENT.length()))
            : Set.of(name);
    return names.stream().allMatch(each -> subscriptions.find(each).isEmpty());
  }
}
