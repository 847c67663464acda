/** The types of events: what their data must be, and the check of every event against it. */
@NullMarked
package dev.serai.catalogue;

import org.jspecify.annotations.NullMarked;
