/** In which form logs and metrics leave the hub, and what whoever takes them wants to be shown. */
@NullMarked
package dev.serai.telemetry;

import org.jspecify.annotations.NullMarked;
