package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The hub said no: what it said, and what can be done about it, in one line. */
final class HubRefusal extends RuntimeException {

  private static final int LONGEST = 300;

  private final int status;

  private HubRefusal(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }

  /** Whether the same request may be taken a little later. */
  boolean isTemporary() {
    return status == 429 || status >= 500;
  }

  /**
   * @param retryAfter what the header {@code Retry-After} says
   */
  static HubRefusal of(int status, byte[] body, @Nullable String retryAfter) {
    String detail = detail(body);
    String end = detail.isEmpty() || detail.endsWith(".") ? "" : ".";
    return new HubRefusal(
        status,
        "%s: %s%s %s".formatted(status, detail, end, advice(status, detail, retryAfter)).strip());
  }

  private static String detail(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    try {
      JsonNode problem = ApiClient.JSON.readTree(body);
      text = problem.path("detail").asText(text);
    } catch (IOException noJson) {
      // Something between here and the hub may have answered; its own words are the best there is.
    }
    String line = text.lines().findFirst().orElse("");
    return line.substring(0, Math.min(line.length(), LONGEST));
  }

  private static String advice(int status, String detail, @Nullable String retryAfter) {
    return switch (status) {
      case 401 ->
          "Give one of the hub's keys: --api-key, SERAI_API_KEY, or --data-dir with its file.";
      case 403 ->
          detail.contains("SERAI_DEV")
              ? ""
              : "This key's role does not allow it: use the key of an operator or an admin.";
      case 429 ->
          retryAfter == null
              ? "Too many requests with this key: ask less often."
              : "Too many requests with this key: try again in %s s.".formatted(retryAfter);
      case 502, 503, 504 -> "Try again in a moment; 'serai health' says what is wrong.";
      default -> "";
    };
  }
}
