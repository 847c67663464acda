package dev.serai.event;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a route says of its subscription.
 *
 * @param name the route's id
 * @param types patterns of the types that it takes
 * @param sources the sources it takes events from; empty for any
 * @param filter what else an event must be like, or null for nothing
 * @param order how its deliveries are ordered
 * @param received whether it takes only what sources have brought and is not sensitive
 * @param maxAttempts how many attempts a delivery has
 */
public record Declaration(
    String name,
    List<String> types,
    List<String> sources,
    @Nullable String filter,
    Ordering order,
    boolean received,
    int maxAttempts) {

  boolean isOf(Subscription known) {
    return known.types().equals(types)
        && known.sources().equals(sources)
        && Objects.equals(known.filter(), filter)
        && known.order().equals(order)
        && known.received() == received;
  }
}
