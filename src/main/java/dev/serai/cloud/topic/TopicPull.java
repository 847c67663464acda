package dev.serai.cloud.topic;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * The bean of one use of the Kamelet {@code topic-source} of Google Cloud: as a step that lets every
 * message pass it is started and stopped with its route, and pulls the subscription in between.
 */
public final class TopicPull extends ServiceSupport implements Processor {

  private final Pulls pulls;
  private String topic = "";
  private String subscription = "";
  private @Nullable Pull pull;

  TopicPull(Pulls pulls) {
    this.pulls = pulls;
  }

  @Override
  protected void doStart() {
    pull = pulls.open(topic, subscription);
  }

  @Override
  protected void doStop() throws InterruptedException {
    Pull open = pull;
    if (open != null) {
      pull = null;
      pulls.close(open);
    }
  }

  @Override
  public void process(Exchange exchange) {
    // What was pulled comes by the log.
  }

  /** Name of the topic. */
  public void setTopic(String topic) {
    this.topic = topic;
  }

  /** Name of the subscription. */
  public void setSubscription(String subscription) {
    this.subscription = subscription;
  }
}
