package dev.serai;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What Stripe tells in one round. */
final class StripeRound extends ProviderRound {

  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures", "stripe");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StripeSender sender;

  /**
   * @param mark letters and digits, new with each round
   */
  StripeRound(TestHub hub, String mark) {
    super(hub, mark);
    this.sender = StripeSender.to(hub);
  }

  @Override
  HttpResponse<String> send(String event) throws Exception {
    return sender.post(event);
  }

  /** The twelve recorded events, in the order of their names. */
  List<String> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(FIXTURES)) {
      List<String> events = new ArrayList<>();
      for (Path file : files.sorted(Comparator.comparing(Path::toString)).toList()) {
        events.add(own(Files.readString(file)));
      }
      return events;
    }
  }

  /** The event with ids of this round. */
  String own(String event) {
    return event.replace("HubTEST", "Hub" + mark).replaceAll("(?<=\"(pi|ch|in|sub|evt)_)", mark);
  }

  @Override
  String toldAgain(String event) {
    return event.replaceFirst("\"evt_", "\"evt_again");
  }

  /** Ten customers with ten events each, one minute after the other. */
  @Override
  List<String> hundred() throws IOException {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      boolean undone = i % 2 == 1; // the refund fails in the end, and the subscription goes on
      add(events, i, "02-payment_intent.payment_failed", "payment_intent.payment_failed", "{}");
      add(events, i, "01-payment_intent.succeeded", "payment_intent.succeeded", "{}");
      add(events, i, "03-charge.succeeded", "charge.succeeded", "{}");
      String part = ",\"amount\":%s".formatted(1000 + i);
      add(events, i, "05-refund.created", "refund.created", "{\"status\":\"pending\"" + part + "}");
      add(
          events,
          i,
          "05-refund.created",
          "refund.updated",
          "{\"status\":\"succeeded\"" + part + "}");
      add(
          events,
          i,
          "04-charge.refunded",
          "charge.refunded",
          "{\"amount_refunded\":%s}".formatted(1000 + i));
      add(events, i, "10-customer.subscription.created", "customer.subscription.created", "{}");
      add(events, i, "11-customer.subscription.updated", "customer.subscription.updated", "{}");
      if (undone) {
        add(events, i, "05-refund.created", "refund.failed", "{\"status\":\"failed\"" + part + "}");
        add(
            events,
            i,
            "11-customer.subscription.updated",
            "customer.subscription.updated",
            "{\"status\":\"past_due\"}");
      } else {
        add(
            events,
            i,
            "11-customer.subscription.updated",
            "customer.subscription.updated",
            "{\"cancel_at_period_end\":true}");
        add(events, i, "12-customer.subscription.deleted", "customer.subscription.deleted", "{}");
      }
    }
    return events;
  }

  private void add(List<String> events, int customer, String fixture, String type, String changes)
      throws IOException {
    ObjectNode event =
        (ObjectNode) JSON.readTree(Files.readString(FIXTURES.resolve(fixture + ".json")));
    ((ObjectNode) event.at("/data/object")).setAll((ObjectNode) JSON.readTree(changes));
    event.put("type", type);
    event.put("id", "evt_" + events.size());
    event.put("created", event.path("created").asLong() + 60L * events.size());
    events.add(
        own(event.toString().replace("HubTEST", "Hub%sTEST".formatted(customer)))
            .replace("Hub%sTEST".formatted(customer), "Hub%sN%s".formatted(mark, customer)));
  }
}
