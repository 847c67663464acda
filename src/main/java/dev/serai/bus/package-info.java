/**
 * Brings deliveries to the routes that want them: hints, claims, attempts, sweeps; the event
 * component.
 */
@NullMarked
package dev.serai.bus;

import org.jspecify.annotations.NullMarked;
