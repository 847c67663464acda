/** What workspaces use and what they may use: PostgreSQL counts, Redis answers. */
@NullMarked
package dev.serai.usage;

import org.jspecify.annotations.NullMarked;
