package dev.serai.redis.backup;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A workspace's keys: those of the kinds that have it as their second segment, {@code
 * cache:acme:...}. Behind the hub's prefix, as all keys here.
 */
final class WorkspaceKeys {

  /** Kinds of keys, as {@link dev.serai.redis.Keys} builds them, whose second segment it is. */
  private static final Pattern OF_A_WORKSPACE =
      Pattern.compile("(cache|usage):([^:]*)(:.*)", Pattern.DOTALL);

  private static final int LONGEST = 512;

  private WorkspaceKeys() {}

  /** The workspace as a segment of a key. */
  static String check(String workspace) {
    if (workspace.isEmpty() || workspace.length() > LONGEST || workspace.indexOf('\0') >= 0) {
      throw new InvalidBackupException(
          "workspace", "must have 1 to %s characters".formatted(LONGEST));
    }
    return workspace.replace("%", "%25").replace(":", "%3A");
  }

  /** The name of a workspace's key as another's; empty for a key that is not of it. */
  static Optional<String> moved(String key, String from, String to) {
    Matcher parts = OF_A_WORKSPACE.matcher(key);
    return parts.matches() && parts.group(2).equals(from)
        ? Optional.of(parts.group(1) + ":" + to + parts.group(3))
        : Optional.empty();
  }

  static boolean isOf(String key, String segment) {
    Matcher parts = OF_A_WORKSPACE.matcher(key);
    return parts.matches() && parts.group(2).equals(segment);
  }
}
