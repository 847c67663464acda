/** Jobs: a clock that makes one run of each slot, and what is known of runs. */
@NullMarked
package dev.serai.job;

import org.jspecify.annotations.NullMarked;
