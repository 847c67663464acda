package dev.serai.cloud.topic;

import dev.serai.cloud.google.Denied;
import dev.serai.cloud.google.Integration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the topics and subscriptions of the routes are there, and we may use them. */
final class TopicsIntegration implements Integration {

  private final Pubsub pubsub;
  private final Publishers publishers;
  private final Pulls pulls;

  TopicsIntegration(Pubsub pubsub, Publishers publishers, Pulls pulls) {
    this.pubsub = pubsub;
    this.publishers = publishers;
    this.pulls = pulls;
  }

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public void check() {
    for (String topic : publishers.used()) {
      try {
        require(
            pubsub.permissionsOfTopic(pubsub.topic(topic), Publishers.PERMISSION),
            "Topic " + pubsub.topic(topic),
            Publishers.PERMISSION,
            "parameter 'topic' of topic-publish, and serai.google.project");
      } catch (RuntimeException e) {
        throw publishers.failure(topic, e);
      }
    }
    for (Pull pull : pulls.all()) {
      try {
        require(
            pubsub.permissionsOfSubscription(
                pubsub.subscription(pull.subscription()), Pull.PERMISSION),
            "Subscription " + pubsub.subscription(pull.subscription()),
            Pull.PERMISSION,
            "parameter 'subscription' of topic-source, and serai.google.project");
      } catch (RuntimeException e) {
        throw pull.failure(e);
      }
    }
  }

  private void require(
      @Nullable List<String> granted, String what, String permission, String property) {
    if (granted != null && !granted.contains(permission)) {
      throw new TopicException(
          Denied.text(
              Denied.Kind.FORBIDDEN,
              what,
              permission,
              property,
              pubsub.account().described(),
              "the permission is not among those granted"),
          null);
    }
  }
}
