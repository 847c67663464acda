package dev.serai.job;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What was filled in.
 *
 * @param slots the earliest first
 * @param runs their runs; none of a dry run
 */
public record Backfill(List<Instant> slots, List<UUID> runs) {}
