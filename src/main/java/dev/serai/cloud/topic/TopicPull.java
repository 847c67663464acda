package dev.serai.cloud.topic;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;

/**
 * The bean of one use of the Kamelet {@code topic-source} of Google Cloud: as a step that lets
 * every message pass it is started and stopped with its route, and pulls the subscription in
 * between.
 */
public final class TopicPull extends AsyncProcessorSupport {

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

  /** What was pulled comes by the log. */
  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    callback.done(true);
    return true;
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
