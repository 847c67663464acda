package dev.serai.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret that counts, and its life so far over all hubs.
 *
 * @param firstSeenAt when a hub first had it, or null if that is not known yet
 * @param lastUsedAt when it last verified a request that was accepted, or null for never
 */
public record SecretUse(
    Secret secret, @Nullable Instant firstSeenAt, @Nullable Instant lastUsedAt) {}
