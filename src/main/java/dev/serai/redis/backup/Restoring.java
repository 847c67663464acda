package dev.serai.redis.backup;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a backup is restored.
 *
 * @param mode what becomes of keys that are there already
 * @param renaming which keys, and under which names
 * @param renewed whether a key lives as long from now on as it had left at the backup, and not
 *     until the moment it would have expired
 * @param dryRun whether nothing is written
 */
public record Restoring(Mode mode, Renaming renaming, boolean renewed, boolean dryRun) {

  /** What becomes of keys that are there already. */
  public enum Mode {
    /** One of them, and nothing at all is written. */
    REFUSE,
    /** They get the value of the backup. */
    REPLACE,
    /** They stay as they are. */
    SKIP;

    /** As it is written in parameters. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Mode> of(String word) {
      return Stream.of(values()).filter(mode -> mode.word().equals(word)).findFirst();
    }
  }

  /** Which keys of a backup, and under which names. */
  public interface Renaming {

    /** The name that a key is restored under; empty when it is not among those wanted. */
    Optional<String> name(String key);

    /**
     * Keys of one beginning, or of one workspace, get another; all stay as they are, if nothing is
     * given.
     *
     * @throws InvalidBackupException naming the parameter
     */
    static Renaming of(
        @Nullable String from,
        @Nullable String to,
        @Nullable String fromWorkspace,
        @Nullable String toWorkspace) {
      both("from", from, "to", to);
      both("from_workspace", fromWorkspace, "to_workspace", toWorkspace);
      if (from != null && to != null) {
        if (fromWorkspace != null) {
          throw new InvalidBackupException("from", "and 'from_workspace' can't both be given");
        }
        return key ->
            key.startsWith(from)
                ? Optional.of(to + key.substring(from.length()))
                : Optional.empty();
      }
      if (fromWorkspace != null && toWorkspace != null) {
        String source = WorkspaceKeys.check(fromWorkspace);
        String target = WorkspaceKeys.check(toWorkspace);
        return key -> WorkspaceKeys.moved(key, source, target);
      }
      return Optional::of;
    }

    private static void both(
        String first, @Nullable String one, String second, @Nullable String other) {
      if ((one == null) != (other == null)) {
        throw new InvalidBackupException(one == null ? first : second, "is missing");
      }
    }
  }
}
