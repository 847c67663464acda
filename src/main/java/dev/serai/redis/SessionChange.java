package dev.serai.redis;

import org.jspecify.annotations.Nullable;

/**
 * Told within the hub (as an application event of Spring) when a session begins or is ended by
 * somebody; one that just expires is not told of.
 *
 * @param kind {@code created} or {@code revoked}
 * @param id the session
 * @param user whose it is
 * @param workspace in which, if it is known and in one
 */
public record SessionChange(String kind, String id, String user, @Nullable String workspace) {}
