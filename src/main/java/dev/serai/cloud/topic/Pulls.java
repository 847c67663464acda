package dev.serai.cloud.topic;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The subscriptions that this hub pulls. */
final class Pulls {

  private final Pubsub pubsub;
  private final TopicSettings settings;
  private final TopicLog messages;
  private final List<Pull> open = new CopyOnWriteArrayList<>();

  Pulls(Pubsub pubsub, TopicSettings settings, TopicLog messages) {
    this.pubsub = pubsub;
    this.settings = settings;
    this.messages = messages;
  }

  Pull open(String topic, String subscription) {
    Pull pull = new Pull(pubsub, settings, topic, subscription, messages);
    open.add(pull);
    pull.open();
    return pull;
  }

  void close(Pull pull) throws InterruptedException {
    open.remove(pull);
    pull.close();
  }

  List<Pull> all() {
    return List.copyOf(open);
  }
}
