package dev.serai.cloud.tasks;

import com.google.cloud.tasks.v2.CloudTasksClient;
import dev.serai.cloud.google.GoogleException;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Endpoint;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;
import org.jspecify.annotations.Nullable;

/** The {@code google-cloud-tasks} component. */
public final class GoogleCloudTasksComponent extends DefaultComponent {

  private final TaskClients clients;
  private final Clock clock;
  private final Collection<GoogleCloudTasksOptions> used = new ConcurrentLinkedQueue<>();
  private @Nullable CloudTasksClient autowired;

  GoogleCloudTasksComponent(TaskClients clients, Clock clock) {
    this.clients = clients;
    this.clock = clock;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    GoogleCloudTasksOptions options = new GoogleCloudTasksOptions();
    options.queue = remaining;
    options.headers.putAll(PropertiesHelper.extractProperties(parameters, "header."));
    setProperties(options, parameters);
    options.check();
    return new GoogleCloudTasksEndpoint(uri, this, options);
  }

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    autowired = CamelContextHelper.findSingleByType(getCamelContext(), CloudTasksClient.class);
  }

  /** A queue, by the project, region and client of an endpoint. */
  TaskQueue queue(String name, GoogleCloudTasksOptions options) {
    try {
      String queue =
          clients
              .place(options.project, options.location)
              .queue(clients.settings().queuePrefix() + name);
      return new TaskQueue(client(options), queue, clients.timeout(), clients.account());
    } catch (GoogleException | IllegalStateException e) {
      // Neither says what it was wanted for.
      throw new IllegalStateException(
          "Queue '%s' of Cloud Tasks can't be used (permission cloudtasks.tasks.create). %s"
              .formatted(name, e.getMessage()),
          e);
    }
  }

  private CloudTasksClient client(GoogleCloudTasksOptions options) {
    CloudTasksClient own = options.client == null ? autowired : options.client;
    return own == null ? clients.at(options.endpoint) : own;
  }

  void used(GoogleCloudTasksOptions options, boolean isUsed) {
    if (isUsed) {
      used.add(options);
    } else {
      used.remove(options);
    }
  }

  /** Those that routes make tasks in. */
  Collection<GoogleCloudTasksOptions> used() {
    return used;
  }

  TaskSettings settings() {
    return clients.settings();
  }

  Clock clock() {
    return clock;
  }
}
