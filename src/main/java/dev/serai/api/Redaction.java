package dev.serai.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Makes what came from outside fit for a table that people read: no secrets, no odd characters. */
final class Redaction {

  private static final int MAX_VALUE = 256;
  private static final int MAX_PARAMETERS = 32;
  private static final Pattern SECRET =
      Pattern.compile(
          "secret|token|password|passwd|credential|auth|signature|api.?key",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ODD = Pattern.compile("[\\p{Cntrl}\\p{Cs}]");

  private Redaction() {}

  static Map<String, String> parameters(Map<String, String> given) {
    Map<String, String> shown = new LinkedHashMap<>();
    given.forEach(
        (name, value) -> {
          if (shown.size() < MAX_PARAMETERS) {
            shown.put(
                text(name),
                SECRET.matcher(name).find()
                    ? "(%s characters)".formatted(value.length())
                    : text(value));
          }
        });
    return shown;
  }

  static String text(String text) {
    String cut = text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) : text;
    return ODD.matcher(cut).replaceAll("?");
  }
}
