/** The door: verifies what providers post and turns it into events; the inbound component. */
@NullMarked
package dev.serai.webhook;

import org.jspecify.annotations.NullMarked;
