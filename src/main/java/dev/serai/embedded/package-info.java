/**
 * Starts, adopts, watches and stops a real PostgreSQL and a real Redis under the data directory
 * when none is configured.
 */
@NullMarked
package dev.serai.embedded;

import org.jspecify.annotations.NullMarked;
