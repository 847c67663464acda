/** What comes from topics gets into the event log: messages, and events of other hubs. */
@NullMarked
package dev.serai.inbox;

import org.jspecify.annotations.NullMarked;
