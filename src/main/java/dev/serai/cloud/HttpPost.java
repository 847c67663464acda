package dev.serai.cloud;

import dev.serai.trace.Hop;
import dev.serai.trace.TraceText;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bean of one use of the Kamelet {@code http-post}: makes the request before camel-http's step,
 * judges the answer after it, and leaves the caller's message as it was, but for the body.
 */
public final class HttpPost {

  private static final Logger log = LoggerFactory.getLogger(HttpPost.class);
  private static final String CALL = "SeraiHttpPost";

  private final Sinks sinks;
  private final Guard guard;
  private final Clock clock;
  private final HttpPostOptions options = new HttpPostOptions();
  private @Nullable Sink sink;
  private Map<String, String> headers = Map.of();

  HttpPost(Sinks sinks, Guard guard, Clock clock) {
    this.sinks = sinks;
    this.guard = guard;
    this.clock = clock;
  }

  /** The Kamelet's parameters; Camel sets them. */
  public HttpPostOptions getOptions() {
    return options;
  }

  /**
   * Looks the sink up when the route is loaded, and says what is missing; a route without it runs
   * and fails, so that its events wait.
   *
   * @throws IllegalArgumentException naming the parameter or property that can't be
   */
  public void open() {
    options.check();
    Sink found = sinks.sink(options.sink());
    sink = found;
    headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(SinkHeaders.parse("http-post: headers", options.headers()));
    headers.putAll(found.headers());
    if (options.optional() && options.url().isBlank() && found.url().isBlank()) {
      return;
    }
    try {
      url(found);
      secrets(found, clock.instant());
    } catch (ForbiddenDestinationException | MissingSecretException e) {
      log.error("Nothing is posted: {}", e.getMessage());
    }
  }

  private Sink sink() {
    return Objects.requireNonNull(sink, "open() comes first");
  }

  private URI url(Sink found) {
    String where = "Sink '%s', %s".formatted(found.name(), Sinks.described(found.name(), "url"));
    return guard.check(where, options.url().isBlank() ? found.url() : options.url());
  }

  private List<SigningSecret> secrets(Sink found, Instant now) {
    List<SigningSecret> valid = options.signs() ? found.validSecrets(now) : List.of();
    if (valid.isEmpty() && options.signs()) {
      throw new MissingSecretException(found.name());
    }
    return valid;
  }

  /** Puts the request in place of the caller's message. */
  public void prepare(Exchange exchange) throws IOException {
    Instant now = clock.instant();
    URI url = url(sink());
    List<SigningSecret> secrets = secrets(sink(), now);
    byte[] body = PostBody.bytes(exchange.getMessage().getBody());
    Message request = new DefaultMessage(exchange.getContext());
    headers.forEach(request::setHeader);
    StandardWebhooks.headers(options.id(exchange), now, body, secrets).forEach(request::setHeader);
    Hop hop = Hop.of(exchange);
    if (hop != null) {
      TraceText.headers(hop.context()).forEach(request::setHeader);
    }
    request.setHeader(Exchange.HTTP_METHOD, "POST");
    request.setHeader(Exchange.HTTP_URI, url.toString());
    request.setBody(new PostEntity(body, options.contentType(), options.responseTimeout()));
    Call call =
        new Call(
            url,
            exchange.getMessage(),
            exchange.getProperty(Exchange.CHARSET_NAME),
            System.nanoTime());
    exchange.setProperty(CALL, call);
    exchange.setMessage(request);
  }

  /**
   * Keeps the answer in variables.
   *
   * @throws ReceiverException unless it is a success
   */
  public void judge(Exchange exchange) throws ReceiverException {
    Call call = exchange.getProperty(CALL, Call.class);
    long millis = (System.nanoTime() - call.beganAt) / 1_000_000;
    Answer answer =
        Answer.of(
            exchange.getMessage(),
            sink().name(),
            call.url.getHost(),
            withoutSecrets(call.url),
            millis);
    exchange.setVariable("serai.status", answer.status());
    exchange.setVariable("serai.headers", answer.headers());
    exchange.setVariable("serai.result", answer.json());
    if (!answer.isSuccess()) {
      throw ReceiverException.of(answer);
    }
    call.caller.setBody(answer.body());
    call.caller.setHeader(Exchange.CONTENT_TYPE, answer.headers().get("Content-Type"));
  }

  /** A receiver may echo what it was sent. */
  private UnaryOperator<String> withoutSecrets(URI url) {
    List<String> confidential = sink().confidential(url.getRawQuery()).toList();
    return text -> {
      String clean = text;
      for (String part : confidential) {
        clean = clean.replace(part, "***");
      }
      return clean;
    };
  }

  /** Gives the caller its message back, whatever happened. */
  public void restore(Exchange exchange) {
    if (exchange.removeProperty(CALL) instanceof Call call) {
      exchange.setMessage(call.caller);
      exchange.setProperty(Exchange.CHARSET_NAME, call.charset);
    }
  }

  private record Call(URI url, Message caller, @Nullable Object charset, long beganAt) {}
}
