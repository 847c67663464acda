/** Feature flags: kept in PostgreSQL, evaluated in memory. */
@NullMarked
package dev.serai.flag;

import org.jspecify.annotations.NullMarked;
