package dev.serai.webhook;

import dev.serai.event.Receipt;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the provider is told.
 *
 * @param retryAfter seconds after which it may try again, or null
 */
record Reply(int status, String contentType, String body, @Nullable String retryAfter) {

  /** The exchange property under which the reply is handed to the binding. */
  static final String PROPERTY = "SeraiReply";

  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  static Reply accepted(Receipt receipt) {
    return new Reply(
        200,
        JSON,
        "{\"id\":\"%s\",\"status\":\"%s\"}"
            .formatted(receipt.id(), receipt.status().name().toLowerCase(Locale.ROOT)),
        null);
  }

  /** The answer that a sender waits for. */
  static Reply decided(byte[] answer) {
    return new Reply(200, JSON, new String(answer, StandardCharsets.UTF_8), null);
  }

  /** A problem of RFC 9457; the explanations hold nothing of the request and need no escaping. */
  static Reply refused(Verdict.Refused refused) {
    Cause cause = refused.cause();
    return new Reply(
        cause.status(),
        PROBLEM,
        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%s,\"cause\":\"%s\",\"detail\":\"%s\"}"
            .formatted(
                title(cause.status()),
                cause.status(),
                cause.code(),
                refused.explanation().replace("\\", "\\\\").replace("\"", "\\\"")),
        cause.status() == 503 || cause.status() == 429 ? "1" : null);
  }

  static Reply routeFailed() {
    return refused(
        new Verdict.Refused(
            Cause.ROUTE_FAILED, "The route of this source did not append the event"));
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      case 503 -> "Service Unavailable";
      default -> "Internal Server Error";
    };
  }

  void write(HttpServletResponse response) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(bytes.length);
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (retryAfter != null) {
      response.setHeader("Retry-After", retryAfter);
    }
    if (status == 405) {
      response.setHeader("Allow", "POST");
    }
    response.getOutputStream().write(bytes);
  }
}
