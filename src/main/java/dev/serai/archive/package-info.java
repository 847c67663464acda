/** The archive of webhooks: its files, and how events come back from them or are erased in them. */
@NullMarked
package dev.serai.archive;

import org.jspecify.annotations.NullMarked;
