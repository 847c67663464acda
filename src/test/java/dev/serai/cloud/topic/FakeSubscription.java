package dev.serai.cloud.topic;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of the fake: it sends each message to one of its streams, of one ordering key to
 * one stream at a time, and again from the first that is not acknowledged when a stream has ended,
 * a message was given back or its deadline has passed.
 */
final class FakeSubscription {

  private static final ScheduledExecutorService TIMER =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());

  private final Subscription definition;
  private final Map<String, PubsubMessage> open = new LinkedHashMap<>();
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private final Map<String, String> acks = new LinkedHashMap<>();
  private final List<FakeStream> streams = new ArrayList<>();
  private final List<String> acknowledged = new ArrayList<>();
  private int number;
  private int sendings;
  private boolean losesAcks;
  private boolean isFlawed;

  /** A message that a client has, until a time. */
  private record Sent(FakeStream stream, String ackId, long until) {}

  FakeSubscription(Subscription definition) {
    this.definition = definition;
    TIMER.scheduleAtFixedRate(this::expire, 200, 200, TimeUnit.MILLISECONDS);
  }

  Subscription definition() {
    return definition;
  }

  /** From now on no acknowledgement arrives. */
  synchronized void loseAcks(boolean lose) {
    losesAcks = lose;
  }

  /** From now on every message is sent twice, and of several the last one first. */
  synchronized void sendTwiceAndBackwards() {
    isFlawed = true;
  }

  /** Ids of the messages that were acknowledged. */
  synchronized List<String> acknowledged() {
    return List.copyOf(acknowledged);
  }

  /** How many messages were sent, each time counted. */
  synchronized int sendings() {
    return sendings;
  }

  /** How many messages are not acknowledged. */
  synchronized int backlog() {
    return open.size();
  }

  /** How many of them a client has. */
  synchronized int outstanding() {
    return sent.size();
  }

  synchronized int streams() {
    return streams.size();
  }

  /** Ends all streams; clients open new ones, or not. */
  void cut(Status status) {
    List<FakeStream> ended;
    synchronized (this) {
      ended = List.copyOf(streams);
      streams.clear();
      sent.clear();
    }
    ended.forEach(stream -> stream.end(status));
  }

  /** Adds them before any is sent. */
  synchronized void addAll(List<PubsubMessage> messages) {
    messages.forEach(message -> open.put(message.getMessageId(), message));
    send();
  }

  synchronized void open(FakeStream stream) {
    streams.add(stream);
    send();
  }

  synchronized void close(FakeStream stream) {
    streams.remove(stream);
    sent.values().removeIf(each -> each.stream == stream);
    send();
  }

  synchronized void acknowledge(List<String> ackIds) {
    if (losesAcks) {
      return;
    }
    for (String ackId : ackIds) {
      String id = acks.remove(ackId);
      if (id != null) {
        sent.remove(id);
        if (open.remove(id) != null) {
          acknowledged.add(id);
        }
      }
    }
    send();
  }

  synchronized void modify(List<String> ackIds, int seconds) {
    for (String ackId : ackIds) {
      String id = acks.get(ackId);
      Sent known = id == null ? null : sent.get(id);
      if (id != null && known != null && known.ackId.equals(ackId)) {
        if (seconds == 0) {
          giveBack(id);
        } else {
          sent.put(
              id,
              new Sent(known.stream, ackId, System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds)));
        }
      }
    }
    send();
  }

  /** With it go the later ones of its ordering key. */
  private void giveBack(String id) {
    String key = open.containsKey(id) ? open.get(id).getOrderingKey() : "";
    boolean later = false;
    for (PubsubMessage message : open.values()) {
      later |= message.getMessageId().equals(id);
      if (later
          && (message.getMessageId().equals(id)
              || !key.isEmpty() && message.getOrderingKey().equals(key))) {
        sent.remove(message.getMessageId());
      }
    }
  }

  private synchronized void expire() {
    List<String> late =
        sent.entrySet().stream()
            .filter(each -> each.getValue().until < System.nanoTime())
            .map(Map.Entry::getKey)
            .toList();
    late.forEach(this::giveBack);
    if (!late.isEmpty()) {
      send();
    }
  }

  private void send() {
    if (streams.isEmpty()) {
      return;
    }
    List<PubsubMessage> ready = new ArrayList<>();
    for (PubsubMessage message : open.values()) {
      Sent has = sent.get(message.getMessageId());
      if (has == null) {
        ready.add(message);
      }
    }
    if (isFlawed) {
      Collections.reverse(ready);
    }
    for (PubsubMessage message : ready) {
      FakeStream stream = streamFor(message.getOrderingKey());
      if (stream == null || count(stream) >= stream.most()) {
        continue;
      }
      for (int i = 0; i < (isFlawed ? 2 : 1); i++) {
        String ackId = "ack-" + ++number;
        acks.put(ackId, message.getMessageId());
        sent.put(
            message.getMessageId(),
            new Sent(
                stream,
                ackId,
                System.nanoTime() + TimeUnit.SECONDS.toNanos(definition.getAckDeadlineSeconds())));
        sendings++;
        stream.send(message, ackId, definition.getEnableMessageOrdering());
      }
    }
  }

  private long count(FakeStream stream) {
    return sent.values().stream().filter(each -> each.stream == stream).count();
  }

  private @Nullable FakeStream streamFor(String key) {
    if (!key.isEmpty()) {
      for (Map.Entry<String, Sent> each : sent.entrySet()) {
        if (open.containsKey(each.getKey())
            && open.get(each.getKey()).getOrderingKey().equals(key)) {
          return each.getValue().stream;
        }
      }
    }
    return streams.get(Math.floorMod(sendings, streams.size()));
  }
}
