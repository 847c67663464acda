package dev.serai.inbox;

import dev.serai.cloud.topic.TopicLog;
import dev.serai.cloud.topic.UnfitMessageException;
import dev.serai.event.InvalidEventException;
import dev.serai.event.LogTransaction;
import dev.serai.event.NewEvent;
import dev.serai.event.OwnEvent;
import dev.serai.event.Receipt;
import dev.serai.event.SchemaViolationException;
import dev.serai.event.StorageException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps messages of Pub/Sub as events, which the subscription of their route takes. */
final class MessageLog implements TopicLog {

  private static final Logger log = LoggerFactory.getLogger(MessageLog.class);

  private final LogTransaction transaction;
  private final MeterRegistry metrics;
  private final Clock clock;

  MessageLog(LogTransaction transaction, MeterRegistry metrics, Clock clock) {
    this.transaction = transaction;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * @throws IllegalStateException if nobody in the hub has subscribed: they would be forgotten
   */
  @Override
  public void append(List<Taken> messages) {
    List<Receipt> receipts;
    try {
      List<NewEvent> events = messages.stream().map(MessageLog::event).toList();
      receipts =
          transaction.execute(
              appends -> {
                List<Receipt> told = appends.append(events);
                boolean isNew =
                    told.stream().anyMatch(one -> one.status() == Receipt.Status.ACCEPTED);
                if (isNew && !appends.hasDeliveries()) {
                  throw new IllegalStateException(
                      "the hub has no subscription '%s' yet"
                          .formatted(messages.getFirst().subscription()));
                }
                return told;
              });
    } catch (InvalidEventException e) {
      throw new UnfitMessageException("attribute", e);
    } catch (SchemaViolationException e) {
      throw new UnfitMessageException(SchemaViolationException.CAUSE, e);
    } catch (StorageException e) {
      throw e.isOfData() ? new UnfitMessageException("data", e) : e;
    }
    String subscription = messages.getFirst().subscription();
    for (Receipt receipt : receipts) {
      boolean isNew = receipt.status() == Receipt.Status.ACCEPTED;
      count(subscription, isNew ? "taken" : "duplicate");
    }
  }

  private static NewEvent event(Taken message) {
    return new NewEvent(
        "topic/" + message.subscription(),
        "topic." + message.topic(),
        message.key(),
        message.orderedBy().isEmpty() ? null : message.orderedBy(),
        null,
        message.publishTime(),
        "application/json",
        message.json(),
        null,
        null,
        null,
        0,
        null);
  }

  /** As an event, so that it is in the log, and a route can tell somebody. */
  @Override
  public void refuse(Taken message, UnfitMessageException problem) {
    NewEvent refusal =
        OwnEvent.of(
            OwnEvent.SOURCE,
            "message.refused",
            "%s/%s".formatted(message.subscription(), message.id()),
            message.subscription(),
            null,
            clock.instant(),
            Map.of(
                "topic", message.topic(),
                "subscription", message.subscription(),
                "message_id", message.id(),
                "publish_time", message.publishTime().toString(),
                "bytes", message.json().length,
                "cause", problem.reason(),
                "detail", String.valueOf(problem.getMessage())));
    transaction.execute(appends -> appends.append(List.of(refusal)));
    count(message.subscription(), "refused");
    log.error(
        "Message {} of the subscription '{}' is refused ({}): {}",
        message.id(),
        message.subscription(),
        problem.reason(),
        problem.getMessage());
  }

  private void count(String subscription, String result) {
    metrics
        .counter("serai.topics.messages", "subscription", subscription, "result", result)
        .increment();
  }
}
