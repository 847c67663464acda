package dev.serai.redis.clean;

import dev.serai.redis.Script;
import java.util.List;
import java.util.Set;

/**
 * Which keys are left over. Whoever builds keys of a kind says so in a bean of this type.
 *
 * <p>The script decides: it looks at the keys and removes those that are left over in one step, so
 * that none is removed that was written to in between. Its first argument is {@code dry} when
 * nothing is to be removed; it returns the keys that are left over.
 *
 * @param name a word for reports
 * @param meaning what is removed
 * @param prefix what its keys begin with, the hub's prefix included; no two rules have prefixes of
 *     which one begins with the other
 * @param candidates which of them may be left over, as far as their names tell
 * @param script decides
 * @param arguments of the script, behind the first
 */
public record CleanRule(
    String name,
    String meaning,
    String prefix,
    Candidates candidates,
    Script script,
    List<String> arguments) {

  /** All keys with the prefix may be left over. */
  public static final Candidates ALL = keys -> keys;

  /**
   * Keys that must expire and do not: a crash between two commands, or a hand, has left them. Those
   * that were used within the hour stay.
   *
   * @param prefix what its keys begin with, the hub's prefix included
   */
  public static CleanRule withoutExpiry(String name, String prefix) {
    return new CleanRule(
        name,
        "without expiry, and not used for an hour",
        prefix,
        ALL,
        Script.of("clean-without-expiry"),
        List.of("3600"));
  }

  /** Chooses by name. */
  public interface Candidates {
    Set<String> of(Set<String> keys);
  }
}
