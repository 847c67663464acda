/** Keys of Redis into a file and back, with their types and expiries. */
@NullMarked
package dev.serai.redis.backup;

import org.jspecify.annotations.NullMarked;
