/** Broadcast over Redis to whoever listens at the moment, and Redis commands of routes. */
@NullMarked
package dev.serai.redis.channel;

import org.jspecify.annotations.NullMarked;
