package dev.serai.webhook;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * The id of a request, {@code X-Request-Id}: the sender's if it is one, else a new one. It is in
 * the answer and in every line of the log that the request causes.
 */
public final class RequestId {

  /** The header that has it. */
  public static final String HEADER = "X-Request-Id";

  private static final String KEY = "request_id";
  private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private RequestId() {}

  /** From here to the close, lines of the log have the id. */
  public static MDC.MDCCloseable open(HttpServletRequest request, HttpServletResponse response) {
    String sent = request.getHeader(HEADER);
    String id =
        sent != null && USABLE.matcher(sent).matches()
            ? sent
            : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    response.setHeader(HEADER, id);
    return MDC.putCloseable(KEY, id);
  }
}
