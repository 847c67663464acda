package dev.serai.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code serai.api.keys}: {@code name:role:key}, or a key alone, which is an admin's. What is
 * wrong is told by its place in the list, never by its text, which may be a part of a key.
 */
final class KeyList {

  private static final int SHORTEST = 16;

  /** A key alone may have colons, too, but hardly a name and a word before two of them. */
  private static final Pattern NAMED =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]{0,39}):([A-Za-z]*):(.*)");

  private final List<ApiKeys.Known> keys = new ArrayList<>();

  private KeyList() {}

  /**
   * @throws IllegalArgumentException saying which of them has what wrong
   */
  static List<ApiKeys.Known> parse(String configured) {
    List<String> entries =
        Arrays.stream(configured.split(",", -1))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .toList();
    KeyList list = new KeyList();
    for (int i = 0; i < entries.size(); i++) {
      list.add(i + 1, entries.get(i));
    }
    return List.copyOf(list.keys);
  }

  private void add(int place, String entry) {
    Matcher named = NAMED.matcher(entry);
    if (!named.matches()) {
      add(place, new ApiKey("key-" + place, Role.ADMIN), entry, false);
      return;
    }
    Role role =
        Role.of(named.group(2).toLowerCase(Locale.ROOT))
            .orElseThrow(
                () ->
                    wrong(
                        place,
                        "has the form name:role:key and an unknown role; there are viewer,"
                            + " operator and admin"));
    add(place, new ApiKey(named.group(1), role), named.group(3), true);
  }

  private void add(int place, ApiKey key, String secret, boolean isNamed) {
    if (secret.length() < SHORTEST) {
      throw wrong(place, "has a key of fewer than %s characters".formatted(SHORTEST));
    }
    byte[] hash = ApiKeys.hash(secret);
    for (ApiKeys.Known other : keys) {
      if (other.key().name().equals(key.name())) {
        throw wrong(place, "has the name '%s' of one before it".formatted(key.name()));
      }
      if (Arrays.equals(other.hash(), hash)
          && (isNamed || !other.key().name().startsWith("key-"))) {
        throw wrong(place, "has the same key as '%s'".formatted(other.key().name()));
      }
    }
    keys.add(new ApiKeys.Known(key, hash));
  }

  private static IllegalArgumentException wrong(int place, String problem) {
    return new IllegalArgumentException(
        "serai.api.keys (SERAI_API_KEYS): entry %s %s".formatted(place, problem));
  }
}
