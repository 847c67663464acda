package dev.serai.job;

import java.util.Locale;

/** Why there is a run. */
enum RunKind {
  /** Its slot came. */
  SCHEDULED,
  /** Its slot came while no hub was there. */
  CATCH_UP,
  /** Somebody asked for it. */
  MANUAL,
  /** Somebody asked for all slots of a range. */
  BACKFILL;

  /** The word in tables and the API. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
