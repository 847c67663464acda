/** Backups of the database: written from one snapshot, restored, and checked by restoring. */
@NullMarked
package dev.serai.backup;

import org.jspecify.annotations.NullMarked;
