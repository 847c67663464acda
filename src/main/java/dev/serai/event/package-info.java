/**
 * The event log and everything kept about it in PostgreSQL: events, subscriptions, deliveries,
 * nodes.
 */
@NullMarked
package dev.serai.event;

import org.jspecify.annotations.NullMarked;
