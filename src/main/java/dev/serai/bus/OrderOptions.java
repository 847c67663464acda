package dev.serai.bus;

import dev.serai.event.Ordering;
import dev.serai.event.TimeSpan;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** Which events {@code from: event} hands to its route, in which order and company. */
@UriParams
public class OrderOptions extends ReceiverOptions {

  private static final List<String> ORDERS = List.of("subject", "workspace", "source", "type");

  @UriParam(
      label = "consumer",
      description =
          "What events must be like beside their type: conditions joined by 'and', of an attribute"
              + " (id, source, type, subject, workspace, key, contentType) or a JSON pointer into"
              + " the body, e.g. /data/object/currency = eur|usd and /data/object/amount >= 1000."
              + " Compared by =, !=, <, <=, >, >=; | separates alternatives, a last * stands for"
              + " any rest, '...' is taken as it is. /a alone means that there is such a value, !/a"
              + " that there is none. Others end as skipped.")
  private String filter = "";

  @UriParam(
      label = "consumer",
      enums = "subject,workspace,source,type,/...",
      description =
          "What orders deliveries: subject, workspace, source, type, or a JSON pointer into the"
              + " body. Events with the same value are handled one after the other, in the order of"
              + " their appends, over all hubs; what has no value waits for nothing. No order, if"
              + " empty.")
  private @Nullable String orderBy;

  @UriParam(
      label = "consumer",
      defaultValue = "1",
      description =
          "How many deliveries with the same value of orderBy may run at a time, over all hubs, 1"
              + " to 1000. More than 1 is a limit and no order, e.g. of what a workspace may take.")
  private int keyConcurrency = 1;

  @UriParam(
      label = "consumer",
      defaultValue = "skip",
      enums = "skip,block,park",
      description =
          "What a dead letter means to the later deliveries with its value of orderBy: skip, they"
              + " go on; block, they wait until it is retried, edited or discarded; park, they"
              + " become dead letters too, with the cause parked, and can be retried together in"
              + " order.")
  private String onDead = "skip";

  @UriParam(
      label = "consumer",
      defaultValue = "1",
      description =
          "How many events the route takes at a time, 1 to 10000. Beyond 1 the body is a list of"
              + " theirs and the variable events a list of their attributes; they succeed together,"
              + " but for those that the variable serai.failed names, by number in the list or id,"
              + " with a reason.")
  private int batch = 1;

  @UriParam(
      label = "consumer",
      defaultValue = "1s",
      javaType = "java.time.Duration",
      description = "How long the first event of a batch waits for others.")
  private String batchWithin = "1s";

  Filter filter() {
    try {
      return Filter.parse(filter);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "event: option 'filter' is '%s': %s".formatted(filter, e.getMessage()), e);
    }
  }

  Ordering ordering() {
    String by = orderBy == null || orderBy.isBlank() ? null : orderBy.strip();
    require(
        by == null || by.startsWith("/") || ORDERS.contains(by),
        "orderBy",
        orderBy,
        "be a JSON pointer or one of " + String.join(", ", ORDERS));
    require(
        keyConcurrency > 0 && keyConcurrency <= 1000,
        "keyConcurrency",
        keyConcurrency,
        "be 1 to 1000");
    require(
        by != null || keyConcurrency == 1, "keyConcurrency", keyConcurrency, "come with orderBy");
    require(
        Arrays.stream(Ordering.OnDead.values())
            .anyMatch(known -> known.word().equalsIgnoreCase(onDead)),
        "onDead",
        onDead,
        "be skip, block or park");
    Ordering.OnDead dead = Ordering.OnDead.of(onDead.toLowerCase(Locale.ROOT));
    require(
        by != null && keyConcurrency == 1 || dead == Ordering.OnDead.SKIP,
        "onDead",
        onDead,
        "be skip unless orderBy makes an order");
    return by == null ? Ordering.NONE : new Ordering(by, keyConcurrency, dead);
  }

  BatchPolicy batching() {
    require(batch > 0 && batch <= 10_000, "batch", batch, "be 1 to 10000");
    return new BatchPolicy(batch, TimeSpan.parse("event", "batchWithin", batchWithin));
  }

  static void require(boolean condition, String option, @Nullable Object value, String what) {
    if (!condition) {
      throw new IllegalArgumentException(
          "event: option '%s' is '%s'; it must %s".formatted(option, value, what));
    }
  }

  public void setFilter(String filter) {
    this.filter = filter;
  }

  public void setOrderBy(String orderBy) {
    this.orderBy = orderBy;
  }

  public void setKeyConcurrency(int keyConcurrency) {
    this.keyConcurrency = keyConcurrency;
  }

  public void setOnDead(String onDead) {
    this.onDead = onDead;
  }

  public void setBatch(int batch) {
    this.batch = batch;
  }

  public void setBatchWithin(String batchWithin) {
    this.batchWithin = batchWithin;
  }
}
