package dev.serai.cloud.topic;

import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings messages of a subscription into the log, several in a transaction and in the order in
 * which they came, and acknowledges them after its commit. While the log can't be written it holds
 * what it has, as much as the client's flow control lets in, and tries again.
 */
final class Intake implements MessageReceiver {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);
  private static final int MOST_MESSAGES = 100;
  private static final int MOST_BYTES = 4 << 20;
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final String topic;
  private final String subscription;
  private final TopicLog messages;
  private final LinkedBlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean isClosed;

  /** A message, and whom to tell what became of it. */
  private record Waiting(TopicLog.Taken message, AckReplyConsumer sender) {}

  Intake(String topic, String subscription, TopicLog messages) {
    this.topic = topic;
    this.subscription = subscription;
    this.messages = messages;
    this.thread = Thread.ofVirtual().name("intake-" + subscription).start(this::run);
  }

  /** Returns at once: later messages of the ordering key follow then, and join the transaction. */
  @Override
  public void receiveMessage(PubsubMessage message, AckReplyConsumer sender) {
    if (isClosed) {
      sender.nack();
      return;
    }
    waiting.add(new Waiting(taken(message), sender));
    if (isClosed) {
      giveBack();
    }
  }

  private TopicLog.Taken taken(PubsubMessage message) {
    Map<String, String> attributes = new LinkedHashMap<>(message.getAttributesMap());
    String key = attributes.remove(TopicMessage.KEY);
    ByteString data = message.getData();
    TopicMessage kept =
        new TopicMessage(
            data.toByteArray(), attributes, message.getOrderingKey(), message.getMessageId());
    try {
      return new TopicLog.Taken(
          topic,
          subscription,
          message.getMessageId(),
          key == null || key.isEmpty() ? message.getMessageId() : StepKey.fit(key),
          Instant.ofEpochSecond(
              message.getPublishTime().getSeconds(), message.getPublishTime().getNanos()),
          kept.orderedBy(),
          kept.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run() {
    try {
      while (!isClosed) {
        List<Waiting> group = next();
        if (!group.isEmpty()) {
          keep(group);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      giveBack();
    }
  }

  private List<Waiting> next() throws InterruptedException {
    List<Waiting> group = new ArrayList<>();
    Waiting first = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    int bytes = 0;
    for (Waiting next = first; next != null; next = waiting.poll()) {
      group.add(next);
      bytes += next.message.json().length;
      Waiting following = waiting.peek();
      if (group.size() == MOST_MESSAGES
          || following == null
          || bytes + following.message.json().length > MOST_BYTES) {
        break;
      }
    }
    return group;
  }

  /** Tries until it is done, or the hub no longer wants the messages. */
  private void keep(List<Waiting> group) throws InterruptedException {
    Duration wait = FIRST_WAIT;
    while (true) {
      try {
        messages.append(group.stream().map(Waiting::message).toList());
        group.forEach(each -> each.sender.ack());
        return;
      } catch (UnfitMessageException e) {
        if (group.size() > 1) {
          for (Waiting each : group) {
            keep(List.of(each));
          }
          return;
        }
        if (refused(group.getFirst(), e)) {
          return;
        }
      } catch (RuntimeException e) {
        log.warn(
            "{} messages of the subscription '{}' wait for the log: {}",
            group.size(),
            subscription,
            e.getMessage());
      }
      if (isClosed) {
        group.forEach(each -> each.sender.nack());
        return;
      }
      Thread.sleep(wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    }
  }

  private boolean refused(Waiting one, UnfitMessageException problem) {
    try {
      messages.refuse(one.message, problem);
      one.sender.ack();
      return true;
    } catch (RuntimeException e) {
      log.warn(
          "Message {} of the subscription '{}' can't be refused yet: {}",
          one.message.id(),
          subscription,
          e.getMessage());
      return false;
    }
  }

  private void giveBack() {
    for (Waiting each = waiting.poll(); each != null; each = waiting.poll()) {
      each.sender.nack();
    }
  }

  /** Ends after the transaction under way; what is not kept, others get at once. */
  void close(Duration patience) throws InterruptedException {
    isClosed = true;
    if (!thread.join(patience)) {
      thread.interrupt();
    }
    giveBack();
  }
}
