package dev.serai.webhook;

/**
 * A secret of two parts, divided by its first colon.
 *
 * @param name what is public of it; empty without a colon
 * @param value what is not
 */
record Pair(String name, String value) {

  static Pair of(Secret secret) {
    String text = secret.value();
    int colon = text.indexOf(':');
    return colon < 0
        ? new Pair("", text)
        : new Pair(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
  }

  boolean isWhole() {
    return !name.isEmpty() && !value.isEmpty();
  }

  @Override
  public String toString() {
    return "Pair[" + name + "]";
  }
}
