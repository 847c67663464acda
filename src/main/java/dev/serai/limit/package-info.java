/** Rate limits: exact sliding windows over all hubs. */
@NullMarked
package dev.serai.limit;

import org.jspecify.annotations.NullMarked;
