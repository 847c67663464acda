package dev.serai.route;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A route that a file defines.
 *
 * @param id its id
 * @param file the file's path below the routes directory
 * @param group its group
 * @param description its description
 * @param state as Camel says: Started, Stopped...
 * @param from what it takes messages from, without options
 * @param loadedAt when the text that runs was loaded
 */
public record LoadedRoute(
    String id,
    String file,
    @Nullable String group,
    @Nullable String description,
    String state,
    String from,
    Instant loadedAt) {}
