package dev.serai.bus;

import dev.serai.event.Breakers;

/**
 * What spares receivers, for all lanes.
 *
 * @param breakers their state, in PostgreSQL
 * @param failures what opens them, in Redis
 */
record Guards(Breakers breakers, FailureRow failures, Rates rates, GuardMetrics metrics) {}
