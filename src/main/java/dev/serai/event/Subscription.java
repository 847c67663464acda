package dev.serai.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route that wants events.
 *
 * @param id its number in the tables
 * @param name the route's id
 * @param types the patterns of its types
 * @param sources the sources it takes events from; empty for any
 * @param filter what else an event must be like, or null for nothing
 * @param order how its deliveries are ordered
 * @param received whether it takes only what sources have brought and is not sensitive
 * @param paused whether its deliveries wait
 */
public record Subscription(
    int id,
    String name,
    List<String> types,
    List<String> sources,
    @Nullable String filter,
    Ordering order,
    boolean received,
    boolean paused) {}
