/** The hub's one Redis client, and everything it keeps there. */
@NullMarked
package dev.serai.redis;

import org.jspecify.annotations.NullMarked;
