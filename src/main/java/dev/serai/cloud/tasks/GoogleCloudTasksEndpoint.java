package dev.serai.cloud.tasks;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Makes tasks in a queue of Google Cloud Tasks: HTTP requests that Google makes, at once or later,
 * until they succeed.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "google-cloud-tasks",
    title = "Google Cloud Tasks",
    syntax = "google-cloud-tasks:queue",
    producerOnly = true,
    headersClass = GoogleCloudTasksConstants.class,
    category = {Category.CLOUD, Category.MESSAGING})
public final class GoogleCloudTasksEndpoint extends DefaultEndpoint {

  private final GoogleCloudTasksComponent tasks;

  @UriParam private final GoogleCloudTasksOptions options;

  GoogleCloudTasksEndpoint(
      String uri, GoogleCloudTasksComponent component, GoogleCloudTasksOptions options) {
    super(uri, component);
    this.tasks = component;
    this.options = options;
  }

  @Override
  public Producer createProducer() {
    return new GoogleCloudTasksProducer(this, options, tasks.settings(), tasks.clock());
  }

  TaskQueue queue(String name) {
    return tasks.queue(name, options);
  }

  void used(boolean isUsed) {
    tasks.used(options, isUsed);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException(
        "google-cloud-tasks makes tasks: it can't be a route's input. Cloud Tasks posts them to a"
            + " route from: inbound with scheme: google-oidc");
  }
}
