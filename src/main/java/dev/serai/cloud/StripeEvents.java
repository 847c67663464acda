package dev.serai.cloud;

import com.stripe.model.Event;
import com.stripe.model.StripeCollection;
import com.stripe.net.StripeResponse;
import com.stripe.param.EventListParams;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The bean of one use of the Kamelet {@code stripe-events}: makes a page of Stripe's list of events
 * the body. The library's own paging gives objects that have lost what its version does not know;
 * so the pages are asked for one by one, and their events kept as Stripe wrote them.
 */
public final class StripeEvents {

  private static final long PAGE = 100;

  private final StripeApi api;
  private String since = "";
  private String until = "";
  private String after = "";
  private String undelivered = "";
  private String types = "";

  StripeEvents(StripeApi api) {
    this.api = api;
  }

  /** An expression in Camel's simple language, as all of these. */
  public void setSince(String since) {
    this.since = since;
  }

  public void setUntil(String until) {
    this.until = until;
  }

  public void setAfter(String after) {
    this.after = after;
  }

  public void setUndelivered(String undelivered) {
    this.undelivered = undelivered;
  }

  public void setTypes(String types) {
    this.types = types;
  }

  /** Makes the body a map of {@code events}, their texts, {@code more} and {@code next}. */
  public void list(Exchange exchange) throws ReceiverException, IOException {
    StripeCollection<Event> page = api.events(question(exchange));
    StripeResponse response = page.getLastResponse();
    List<Event> known = page.getData();
    exchange
        .getMessage()
        .setBody(
            Map.of(
                "events",
                response == null ? List.of() : JsonItems.of(response.body(), "data"),
                "more",
                Boolean.TRUE.equals(page.getHasMore()) && !known.isEmpty(),
                "next",
                known.isEmpty() ? "" : known.getLast().getId()));
  }

  private EventListParams question(Exchange exchange) {
    EventListParams.Builder question =
        EventListParams.builder()
            .setLimit(PAGE)
            .setCreated(
                EventListParams.Created.builder()
                    .setGte(Long.parseLong(SimpleExpression.value(exchange, since)))
                    .setLte(Long.parseLong(SimpleExpression.value(exchange, until)))
                    .build());
    String last = SimpleExpression.value(exchange, after);
    if (!last.isEmpty()) {
      question.setStartingAfter(last);
    }
    if (Boolean.parseBoolean(SimpleExpression.value(exchange, undelivered))) {
      question.setDeliverySuccess(false);
    }
    Arrays.stream(types.split(",", -1))
        .map(String::strip)
        .filter(type -> !type.isEmpty())
        .forEach(question::addType);
    return question.build();
  }
}
