/** Removes keys that nobody will come back for. */
@NullMarked
package dev.serai.redis.clean;

import org.jspecify.annotations.NullMarked;
