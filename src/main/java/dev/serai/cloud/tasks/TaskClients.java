package dev.serai.cloud.tasks;

import com.google.cloud.tasks.v2.CloudTasksClient;
import com.google.cloud.tasks.v2.CloudTasksSettings;
import com.google.cloud.tasks.v2.stub.CloudTasksStubSettings;
import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleChannels;
import dev.serai.cloud.google.GoogleSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Google's clients of Cloud Tasks by endpoint; each is made when it is first needed. */
final class TaskClients implements AutoCloseable {

  private final GoogleSettings google;
  private final GoogleAccount account;
  private final GoogleChannels channels;
  private final TaskSettings settings;
  private final Map<String, CloudTasksClient> clients = new ConcurrentHashMap<>();

  TaskClients(
      GoogleSettings google,
      GoogleAccount account,
      GoogleChannels channels,
      TaskSettings settings) {
    this.google = google;
    this.account = account;
    this.channels = channels;
    this.settings = settings;
  }

  /**
   * @param endpoint where Cloud Tasks is; empty for what is configured
   */
  CloudTasksClient at(String endpoint) {
    return clients.computeIfAbsent(
        endpoint.isEmpty() ? google.tasksEndpoint() : endpoint, this::open);
  }

  private CloudTasksClient open(String endpoint) {
    try {
      return CloudTasksClient.create(
          CloudTasksSettings.newBuilder()
              .setCredentialsProvider(channels.credentials(endpoint))
              .setTransportChannelProvider(
                  channels.to(
                      endpoint, CloudTasksStubSettings.defaultGrpcTransportProviderBuilder()))
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The place of queues.
   *
   * @throws IllegalStateException if the region is not configured
   * @throws dev.serai.cloud.google.GoogleException if the project is not known
   */
  Place place(String project, String location) {
    String region = location.isEmpty() ? settings.location() : location;
    if (region.isEmpty()) {
      throw new IllegalStateException(
          "The region of the queues of Cloud Tasks is not known: set serai.tasks.location"
              + " (SERAI_TASKS_LOCATION)");
    }
    return new Place(project.isEmpty() ? account.project() : project, region);
  }

  GoogleAccount account() {
    return account;
  }

  TaskSettings settings() {
    return settings;
  }

  Duration timeout() {
    return google.timeout();
  }

  @Override
  public void close() {
    clients.values().forEach(CloudTasksClient::close);
  }

  /** Where queues are. */
  record Place(String project, String location) {
    String queue(String name) {
      return "projects/%s/locations/%s/queues/%s".formatted(project, location, name);
    }
  }
}
