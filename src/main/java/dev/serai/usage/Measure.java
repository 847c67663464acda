package dev.serai.usage;

import java.util.Locale;

/** What is counted. */
public enum Measure {
  /** Tokens. */
  TOKENS,
  /** Money. */
  COST;

  /** As it is written in tables, events and the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
