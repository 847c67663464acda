package dev.serai.webhook;

import dev.serai.event.NewEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An answer, and whose it is.
 *
 * @param answer a JSON object
 * @param fallback why it is the safe one, or null for the route's own
 */
record Decision(byte[] answer, @Nullable Fallback fallback) {

  /** The member of a recorded decision with the answer. */
  static final String ANSWER = "answer";

  /** Why a sender got the safe answer. */
  enum Fallback {
    /** The route failed. */
    FAILED,
    /** It took longer than it may. */
    LATE,
    /** It ended with something that is no answer. */
    INVALID,
    /** Too many decisions were under way. */
    BUSY;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Who decided, as metrics and events say it. */
  String decidedBy() {
    return fallback == null ? "route" : "safe";
  }

  /** The event of the request, with the decision in its data. */
  NewEvent recorded(NewEvent request) {
    var body = new ByteArrayOutputStream(request.body().length + answer.length + 64);
    body.writeBytes(ascii("{\"request\":"));
    body.writeBytes(request.body());
    body.writeBytes(ascii(",\"%s\":".formatted(ANSWER)));
    body.writeBytes(answer);
    body.writeBytes(ascii(",\"decided_by\":\"%s\"".formatted(decidedBy())));
    if (fallback != null) {
      body.writeBytes(ascii(",\"reason\":\"%s\"".formatted(fallback.code())));
    }
    body.writeBytes(ascii("}"));
    return request.deciding(body.toByteArray());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
