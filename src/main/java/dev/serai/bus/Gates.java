package dev.serai.bus;

import dev.serai.event.BreakerState;
import dev.serai.event.Subscription;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the gates of lanes, and tells them what other hubs have found out. */
final class Gates {

  private final Engine engine;

  Gates(Engine engine) {
    this.engine = engine;
  }

  Gate open(Subscription subscription, SubscriptionSpec spec) {
    ReceiverPolicy receiver = spec.receiver();
    Rate rate = receiver.rate();
    engine
        .guards()
        .breakers()
        .declare(subscription.id(), rate == null ? null : rate.text(), receiver.breaker() != null);
    Breaker breaker =
        new Breaker(subscription, receiver.breaker(), spec.policy().timeout(), engine);
    // Before its first claim: a hub that starts must not ask a receiver that is down.
    look(breaker.isSet() ? List.of(breaker) : List.of());
    Throttle throttle = new Throttle(subscription.name(), rate, engine.guards());
    return new Gate(subscription, breaker, throttle, receiver.places(), engine);
  }

  /** Once a second. */
  void look(Collection<Breaker> breakers) {
    List<Breaker> set = breakers.stream().filter(Breaker::isSet).toList();
    if (set.isEmpty()) {
      return;
    }
    Map<Integer, BreakerState> states =
        engine
            .guards()
            .breakers()
            .notClosed(set.stream().map(breaker -> breaker.subscription().id()).toList())
            .stream()
            .collect(Collectors.toMap(BreakerState::subscriptionId, Function.identity()));
    set.forEach(breaker -> breaker.see(states.get(breaker.subscription().id())));
  }
}
