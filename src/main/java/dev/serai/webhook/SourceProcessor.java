package dev.serai.webhook;

import dev.serai.event.InvalidEventException;
import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import dev.serai.event.SchemaViolationException;
import dev.serai.event.StorageException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.http.common.HttpMessage;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/** From a request to its event, through the route, to the reply. */
final class SourceProcessor implements Processor {

  private final Source source;
  private final Door door;
  private final Processor route;
  private final SourceRate rate;
  private final @Nullable Decisions decisions;

  SourceProcessor(Source source, Door door, Processor route) {
    this.source = source;
    this.door = door;
    this.route = route;
    SourceOptions options = source.options();
    this.rate = door.rate(options);
    this.decisions =
        options.decide == null
            ? null
            : new Decisions(
                source.name(), route, options.decide, new SafeAnswer(options.safeAnswer));
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    HttpServletRequest request = exchange.getIn(HttpMessage.class).getRequest();
    long begin = System.nanoTime();
    BodyReader.@Nullable Body body = null;
    Reply reply;
    try {
      String contentType = check(request);
      rate.admit(source.name());
      body = read(request);
      NewEvent event =
          door.hops()
              .joined(
                  source.receive(new ServletRequest(request, body.bytes()), contentType), request);
      Accepted accepted =
          decisions == null ? append(exchange, event) : decide(exchange, event, decisions);
      door.hops().accepted(event, accepted.receipt, System.nanoTime() - begin);
      reply = accepted.reply;
    } catch (RefusedException e) {
      door.refused(source, request, e.refusal(), body == null ? null : body.bytes());
      reply = Reply.refused(e.refusal());
    } finally {
      if (body != null) {
        body.close();
      }
    }
    exchange.setProperty(Reply.PROPERTY, reply);
    door.metrics().answered(source.name(), reply.status(), System.nanoTime() - begin);
  }

  private BodyReader.Body read(HttpServletRequest request) throws RefusedException {
    try {
      return door.bodies()
          .read(
              request.getInputStream(),
              request.getContentLengthLong(),
              door.limit(source.options()));
    } catch (IOException e) {
      throw new RefusedException(Cause.INCOMPLETE, "The body did not arrive whole");
    }
  }

  private String check(HttpServletRequest request) throws RefusedException {
    String sender = door.sender(request);
    if (!source.takesFrom(sender)) {
      throw new RefusedException(
          Cause.ADDRESS,
          "Source '%s' takes nothing from the address %s".formatted(source.name(), sender));
    }
    if (!request.getMethod().equals("POST")) {
      throw new RefusedException(Cause.METHOD, "Events are posted");
    }
    String encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new RefusedException(
          Cause.CONTENT_ENCODING,
          "A signature covers bytes as they are sent: they must not be packed");
    }
    String type = request.getContentType();
    String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!source.options().mediaTypes().contains(media)) {
      throw new RefusedException(
          Cause.CONTENT_TYPE,
          "Source '%s' takes %s".formatted(source.name(), source.options().mediaTypes()));
    }
    return media;
  }

  /**
   * What was decided counts once it is in the log; asked again, the sender gets the same answer.
   */
  private Accepted decide(Exchange exchange, NewEvent event, Decisions deciders) throws Exception {
    Decision decision = deciders.decide(exchange.getFromEndpoint(), event);
    Receipt receipt;
    try {
      receipt = door.log().appendAndWait(decision.recorded(event));
    } catch (StorageException | SchemaViolationException e) {
      throw refusal(e);
    }
    door.accepted(source, event, receipt);
    door.metrics().decided(source.name(), decision);
    boolean first = receipt.status() == Receipt.Status.ACCEPTED;
    Optional<byte[]> earlier =
        first ? Optional.empty() : door.log().body(receipt.id()).flatMap(SafeAnswer::recorded);
    return new Accepted(receipt, Reply.decided(earlier.orElse(decision.answer())));
  }

  private Accepted append(Exchange exchange, NewEvent event) throws Exception {
    DefaultMessage message = new DefaultMessage(exchange);
    message.setBody(event.body());
    message.setHeader(Exchange.CONTENT_TYPE, event.contentType());
    exchange.setIn(message);
    exchange.setProperty(NewEvent.PROPERTY, event);
    route.process(exchange);
    Exception failure = exchange.getException();
    Receipt receipt = exchange.getProperty(Receipt.PROPERTY, Receipt.class);
    if (failure != null) {
      exchange.setException(null);
      throw refusal(failure);
    }
    if (receipt == null) {
      throw new RefusedException(
          door.isOpen(source) ? Cause.ROUTE_FAILED : Cause.NOT_RUNNING,
          "The route of source '%s' ended without an append".formatted(source.name()));
    }
    door.accepted(source, event, receipt);
    return new Accepted(receipt, Reply.accepted(receipt));
  }

  /** What was stored, and what the sender is told of that. */
  private record Accepted(Receipt receipt, Reply reply) {}

  private RefusedException refusal(Exception failure) {
    return switch (failure) {
      case StorageException e when e.isOfData() ->
          new RefusedException(
              Cause.ENVELOPE,
              "The event can't be stored: it has a value that PostgreSQL does not take");
      case StorageException e ->
          new RefusedException(Cause.STORAGE, "The event log can't be written; nothing is stored");
      case SchemaViolationException e ->
          new RefusedException(Cause.SCHEMA, String.valueOf(e.getMessage()));
      case InvalidEventException e -> new RefusedException(Cause.ENVELOPE, e.problem());
      case Exception e when !door.isOpen(source) ->
          new RefusedException(
              Cause.NOT_RUNNING,
              "The route of source '%s' is being replaced".formatted(source.name()));
      default -> {
        door.routeFailed(source, failure);
        yield new RefusedException(
            Cause.ROUTE_FAILED, "The route of source '%s' failed".formatted(source.name()));
      }
    };
  }
}
