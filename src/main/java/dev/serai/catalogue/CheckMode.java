package dev.serai.catalogue;

import java.util.Locale;

/** What becomes of an event whose data breaks the schema of its type. */
public enum CheckMode {
  /** It isn't looked at. */
  OFF,
  /** It is appended, counted and told of in the log. */
  WARN,
  /** It is not appended. */
  REFUSE;

  /** As it is written in settings and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
