package dev.serai.bus;

import dev.serai.event.Declaration;
import dev.serai.event.TimeSpan;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of {@code from: event}; Camel sets them by their setters. */
@UriParams
public final class EventConsumerOptions extends OrderOptions {

  @Metadata(required = true)
  @UriParam(
      label = "consumer",
      description =
          "Event types to take, separated by commas: segments divided by dots, * for one segment, a"
              + " last * for the rest.")
  private String types = "";

  @UriParam(
      label = "consumer",
      description =
          "Name of the subscription. The route's id, if empty, as it should be; a Kamelet's route"
              + " has no id that lasts.")
  private String subscription = "";

  @UriParam(
      label = "consumer",
      description = "Sources to take events from, separated by commas. All, if empty.")
  private String sources = "";

  @UriParam(
      label = "consumer",
      defaultValue = "false",
      description =
          "Whether it takes only what sources have brought, by webhooks or because they were asked,"
              + " and nothing that is sensitive.")
  private boolean received;

  @UriParam(
      label = "consumer",
      defaultValue = "10",
      description = "How many times a failed delivery is repeated before it is a dead letter.")
  private int retries = 10;

  @UriParam(
      label = "consumer",
      defaultValue = "5s",
      javaType = "java.time.Duration",
      description =
          "The longest wait before the first retry. It doubles with each further one; the wait"
              + " itself is random between nothing and that.")
  private String backoff = "5s";

  @UriParam(
      label = "consumer",
      defaultValue = "1h",
      javaType = "java.time.Duration",
      description = "The longest wait before any retry.")
  private String maxBackoff = "1h";

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      description =
          "How old an event may be, since its receipt, when it is retried; beyond, it is a dead"
              + " letter. Any age, if empty.")
  private String maxAge = "";

  @UriParam(
      label = "consumer",
      defaultValue = "30s",
      javaType = "java.time.Duration",
      description = "How long one attempt may take before it is interrupted and retried.")
  private String timeout = "30s";

  @UriParam(
      label = "consumer",
      defaultValue = "8",
      description = "Deliveries handled at a time by each hub.")
  private int concurrency = 8;

  @UriParam(
      label = "consumer",
      defaultValue = "false",
      description =
          "Whether the route's SQL, the events it emits and the end of the delivery are one"
              + " transaction: all of it happens exactly once. Camel's steps stay on one thread"
              + " then; what a bean does on a thread of its own is not part of it.")
  private boolean transaction;

  @UriParam(
      label = "consumer",
      description =
          "Exceptions that no retry can mend, by name, separated by commas. Their delivery is a"
              + " dead letter at once. refused stands for what a batch's route names in the"
              + " variable serai.failed.")
  private String fatal = "";

  /**
   * @throws IllegalArgumentException naming the option whose value can't be
   */
  SubscriptionSpec subscription(String route) {
    require(!types.isBlank(), "types", types, "name at least one event type");
    require(retries >= 0, "retries", retries, "be 0 or more");
    require(concurrency > 0 && concurrency <= 1000, "concurrency", concurrency, "be 1 to 1000");
    Duration limit = TimeSpan.parse("event", "timeout", timeout);
    require(!limit.isZero(), "timeout", timeout, "be above 0");
    Duration first = TimeSpan.parse("event", "backoff", backoff);
    Duration longest = TimeSpan.parse("event", "maxBackoff", maxBackoff);
    require(longest.compareTo(first) >= 0, "maxBackoff", maxBackoff, "be backoff or more");
    Filter filter = filter();
    return new SubscriptionSpec(
        new Declaration(
            subscription.isBlank() ? route : subscription.strip(),
            split(types),
            split(sources),
            filter.textOrNull(),
            ordering(),
            received,
            retries + 1),
        filter,
        new DeliveryPolicy(
            retries,
            first,
            longest,
            maxAge.isBlank() ? null : TimeSpan.parse("event", "maxAge", maxAge),
            limit,
            concurrency,
            transaction,
            batching(),
            Set.copyOf(split(fatal))),
        receiver());
  }

  private static List<String> split(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  public void setTypes(String types) {
    this.types = types;
  }

  public void setSubscription(String subscription) {
    this.subscription = subscription;
  }

  public void setSources(String sources) {
    this.sources = sources;
  }

  public void setReceived(boolean received) {
    this.received = received;
  }

  public void setRetries(int retries) {
    this.retries = retries;
  }

  public void setBackoff(String backoff) {
    this.backoff = backoff;
  }

  public void setMaxBackoff(String maxBackoff) {
    this.maxBackoff = maxBackoff;
  }

  public void setMaxAge(String maxAge) {
    this.maxAge = maxAge;
  }

  public void setTimeout(String timeout) {
    this.timeout = timeout;
  }

  public void setConcurrency(int concurrency) {
    this.concurrency = concurrency;
  }

  public void setTransaction(boolean transaction) {
    this.transaction = transaction;
  }

  public void setFatal(String fatal) {
    this.fatal = fatal;
  }
}
