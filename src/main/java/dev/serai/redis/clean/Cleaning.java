package dev.serai.redis.clean;

import java.util.List;

/**
 * What a cleaning found.
 *
 * @param dryRun whether nothing was removed
 * @param scanned keys that were looked at
 * @param complete whether these were all; false, when the limit was reached
 * @param rules what each rule found
 */
public record Cleaning(boolean dryRun, long scanned, boolean complete, List<Found> rules) {

  /**
   * What a rule found.
   *
   * @param rule its name
   * @param meaning what it removes
   * @param removed how many keys, or entries of lists, were removed, or would be
   * @param samples some of them
   */
  public record Found(String rule, String meaning, long removed, List<String> samples) {}
}
