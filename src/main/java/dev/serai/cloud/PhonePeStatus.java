package dev.serai.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/**
 * The bean of one use of the Kamelet {@code phonepe-status}: makes the request before camel-http's
 * step, judges the answer after it, and leaves the caller's message as it was, but for the body.
 */
public final class PhonePeStatus {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CALL = "SeraiPhonePeStatus";

  /** PhonePe takes no other ids, and they become part of a path. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,63}");

  private static final String LAST_ATTEMPT = "?details=false&errorContext=true";

  /** Each product has a Status API of its own. */
  private static final Map<String, String> PATHS =
      Map.of(
          "checkout", "/checkout/v2/order/%s/status" + LAST_ATTEMPT,
          "payments", "/payments/v2/order/%s/status" + LAST_ATTEMPT,
          "subscriptions", "/subscriptions/v2/order/%s/status" + LAST_ATTEMPT,
          "paylinks", "/paylinks/v1/%s/status" + LAST_ATTEMPT,
          "refunds", "/payments/v2/refund/%s/status");

  /** How PhonePe says that it does not know an id. */
  private static final Set<Integer> UNKNOWN = Set.of(400, 404);

  private final PhonePeSettings settings;
  private final PhonePeToken token;
  private String product = "";
  private String id = "";

  PhonePeStatus(PhonePeSettings settings, PhonePeToken token) {
    this.settings = settings;
    this.token = token;
  }

  /** An expression in Camel's simple language. */
  public void setProduct(String product) {
    this.product = product;
  }

  /** An expression in Camel's simple language. */
  public void setId(String id) {
    this.id = id;
  }

  /** Puts the request in place of the caller's message. */
  public void prepare(Exchange exchange) throws Exception {
    String path = PATHS.get(SimpleExpression.value(exchange, product));
    String asked = SimpleExpression.value(exchange, id);
    if (path == null || !ID.matcher(asked).matches()) {
      throw new IllegalArgumentException(
          "phonepe-status: product is '%s', which must be one of %s, and id '%s', which must be letters, digits, _ and -, 63 at most"
              .formatted(SimpleExpression.value(exchange, product), PATHS.keySet(), asked));
    }
    String secret = token.value();
    Message request = new DefaultMessage(exchange.getContext());
    request.setHeader(Exchange.HTTP_METHOD, "GET");
    request.setHeader(Exchange.HTTP_URI, settings.apiUrl() + path.formatted(asked));
    request.setHeader("Authorization", "O-Bearer " + secret);
    request.setHeader("Accept", "application/json");
    exchange.setProperty(CALL, new Call(secret, exchange.getMessage(), System.nanoTime()));
    exchange.setMessage(request);
  }

  /**
   * Makes the answer the body: what PhonePe says, or that it does not know the id.
   *
   * @throws ReceiverException if it says neither
   */
  public void judge(Exchange exchange) throws ReceiverException, IOException {
    Call call = exchange.getProperty(CALL, Call.class);
    Answer answer =
        answer(
            exchange.getMessage(),
            settings.apiUrl(),
            text -> text.replace(call.token, "***"),
            call.beganAt);
    if (answer.status() == 401) {
      token.refused(call.token);
    }
    if (UNKNOWN.contains(answer.status())) {
      call.caller.setBody("{\"state\":\"UNKNOWN\"}");
    } else if (answer.isSuccess()) {
      call.caller.setBody(checked(answer));
    } else {
      throw ReceiverException.of(answer);
    }
  }

  private static String checked(Answer answer) throws IOException {
    try {
      if (JSON.readTree(answer.body()).path("state").isTextual()) {
        return answer.body();
      }
    } catch (JsonProcessingException malformed) {
      // Said below, without the body, which may be anything.
    }
    throw new IOException("PhonePe's answer (%s) has no state".formatted(answer.status()));
  }

  /** Gives the caller its message back, whatever happened. */
  public void restore(Exchange exchange) {
    if (exchange.removeProperty(CALL) instanceof Call call) {
      exchange.setMessage(call.caller);
    }
  }

  /** An answer of PhonePe's, with what is secret in it taken out. */
  static Answer answer(Message message, String url, UnaryOperator<String> clean, long beganAt) {
    long millis = (System.nanoTime() - beganAt) / 1_000_000;
    return Answer.of(message, "phonepe", URI.create(url).getHost(), clean, millis);
  }

  private record Call(String token, Message caller, long beganAt) {
    @Override
    public String toString() {
      return "Call";
    }
  }
}
