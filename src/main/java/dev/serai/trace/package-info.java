/** Traces of events: from the request through deliveries to what they call (W3C Trace Context). */
@NullMarked
package dev.serai.trace;

import org.jspecify.annotations.NullMarked;
