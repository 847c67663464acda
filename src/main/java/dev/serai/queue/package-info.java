/** Queues of jobs for workers outside of the hubs, on the tables of the one delivery engine. */
@NullMarked
package dev.serai.queue;

import org.jspecify.annotations.NullMarked;
