package dev.serai.job;

/** Why there is a run. */
enum RunKind implements Word {
  /** Its slot came. */
  SCHEDULED,
  /** Its slot came while no hub was there. */
  CATCH_UP,
  /** Somebody asked for it. */
  MANUAL,
  /** Somebody asked for all slots of a range. */
  BACKFILL;
}
