package dev.serai.flag;

import dev.serai.flag.FlagAnswer.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A feature flag.
 *
 * @param name lower-case letters, digits, dots, dashes and underscores, 100 at most
 * @param description what it is for, at most 500 characters
 * @param enabled false: off for everybody, whatever else is set
 * @param percentage of users for whom it is on, 0 to 100 with at most two decimals. When it grows,
 *     who had the flag keeps it
 * @param users for single users: on or off, whatever the percentage is; at most 1000
 * @param workspaces the same for workspaces; what is said of the user counts before
 * @param changedAt when it was changed last
 * @param changedBy by which key
 */
public record Flag(
    String name,
    String description,
    boolean enabled,
    BigDecimal percentage,
    Map<String, Boolean> users,
    Map<String, Boolean> workspaces,
    Instant changedAt,
    String changedBy) {

  private static final int MAX_DESCRIPTION = 500;
  private static final int MAX_OVERRIDES = 1_000;
  private static final int MAX_ID = 200;
  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  /**
   * @throws IllegalArgumentException naming the member that makes no sense
   */
  public Flag {
    requireName(name);
    if (description.length() > MAX_DESCRIPTION || description.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "'description' must be a text of at most %s characters".formatted(MAX_DESCRIPTION));
    }
    if (percentage.signum() < 0 || percentage.compareTo(ALL) > 0 || digits(percentage) > 2) {
      throw new IllegalArgumentException(
          "'percentage' is %s; it must be 0 to 100, with at most two decimals"
              .formatted(percentage));
    }
    // As numbers are written: 5, not 5.00 or 1E+2.
    percentage = new BigDecimal(percentage.stripTrailingZeros().toPlainString());
    users = overrides("users", users);
    workspaces = overrides("workspaces", workspaces);
  }

  /**
   * @throws IllegalArgumentException unless it is the name of a flag
   */
  public static void requireName(String name) {
    if (!name.matches("[a-z0-9][a-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException(
          "'name' is '%s'; it must be 1 to 100 lower-case letters, digits, dots, dashes and"
                  .formatted(name.length() > MAX_ID ? name.substring(0, MAX_ID) : name)
              + " underscores, and not begin with a dot, dash or underscore");
    }
  }

  private static int digits(BigDecimal number) {
    return number.stripTrailingZeros().scale();
  }

  private static Map<String, Boolean> overrides(String member, Map<String, Boolean> overrides) {
    if (overrides.size() > MAX_OVERRIDES) {
      throw new IllegalArgumentException(
          "'%s' has %s entries; at most %s".formatted(member, overrides.size(), MAX_OVERRIDES));
    }
    overrides.forEach(
        (id, on) -> {
          if (id.isEmpty() || id.length() > MAX_ID || id.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                "'%s' has an id that is no text of 1 to %s characters".formatted(member, MAX_ID));
          }
          if (on == null) {
            throw new IllegalArgumentException(
                "'%s' says neither true nor false of '%s'".formatted(member, id));
          }
        });
    return Map.copyOf(overrides);
  }

  /** Whether it is on for a user of a workspace, either of whom may be unknown. */
  FlagAnswer evaluate(@Nullable String user, @Nullable String workspace) {
    if (!enabled) {
      return new FlagAnswer(false, Reason.DISABLED);
    }
    Boolean forUser = user == null ? null : users.get(user);
    if (forUser != null) {
      return new FlagAnswer(forUser, Reason.USER);
    }
    Boolean forWorkspace = workspace == null ? null : workspaces.get(workspace);
    if (forWorkspace != null) {
      return new FlagAnswer(forWorkspace, Reason.WORKSPACE);
    }
    int hundredths = percentage.movePointRight(2).intValueExact();
    String who = user == null ? workspace : user;
    boolean on = who == null ? hundredths == Buckets.COUNT : Buckets.of(name, who) < hundredths;
    return new FlagAnswer(on, Reason.PERCENTAGE);
  }
}
