package dev.serai.cloud.topic;

import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiException;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.pubsub.v1.Subscription;
import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleChannels;
import dev.serai.cloud.google.GoogleSettings;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Topics and subscriptions of the project themselves; a client is made when it is first needed. */
final class Pubsub implements AutoCloseable {

  private static final int ACK_SECONDS = 60;

  private final GoogleSettings google;
  private final GoogleAccount account;
  private final GoogleChannels channels;
  private final ScheduledExecutorService executor =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().daemon().name("pubsub-", 0).factory());
  private @Nullable TopicAdminClient topics;
  private @Nullable SubscriptionAdminClient subscriptions;

  Pubsub(GoogleSettings google, GoogleAccount account, GoogleChannels channels) {
    this.google = google;
    this.account = account;
    this.channels = channels;
  }

  GoogleAccount account() {
    return account;
  }

  GoogleChannels channels() {
    return channels;
  }

  String endpoint() {
    return google.pubsubEndpoint();
  }

  Duration timeout() {
    return google.timeout();
  }

  FixedExecutorProvider executor() {
    return FixedExecutorProvider.create(executor);
  }

  String topic(String name) {
    return "projects/%s/topics/%s".formatted(account.project(), name);
  }

  String subscription(String name) {
    return "projects/%s/subscriptions/%s".formatted(account.project(), name);
  }

  /** Makes a topic, unless it is there. */
  void createTopic(String name) {
    String path = topic(name);
    try {
      topics().createTopic(path);
    } catch (ApiException e) {
      if (GivingUp.of(e).getCode() != Status.Code.ALREADY_EXISTS) {
        throw TopicErrors.of(
            e, this, "Topic " + path, "pubsub.topics.create", "serai.topics.create");
      }
    }
  }

  /** Makes a subscription with order, unless it is there, and its topic. */
  void createSubscription(String topic, String name) {
    createTopic(topic);
    String path = subscription(name);
    try {
      subscriptions()
          .createSubscription(
              Subscription.newBuilder()
                  .setName(path)
                  .setTopic(topic(topic))
                  .setAckDeadlineSeconds(ACK_SECONDS)
                  .setEnableMessageOrdering(true)
                  .build());
    } catch (ApiException e) {
      if (GivingUp.of(e).getCode() != Status.Code.ALREADY_EXISTS) {
        throw TopicErrors.of(
            e, this, "Subscription " + path, "pubsub.subscriptions.create", "serai.topics.create");
      }
    }
  }

  /** Which of these permissions we have on a topic; null if the service can't tell. */
  @Nullable List<String> permissionsOfTopic(String path, String permission) {
    return told(() -> topics().testIamPermissions(request(path, permission)).getPermissionsList());
  }

  /** Which of these permissions we have on a subscription; null if the service can't tell. */
  @Nullable List<String> permissionsOfSubscription(String path, String permission) {
    return told(
        () -> subscriptions().testIamPermissions(request(path, permission)).getPermissionsList());
  }

  private static TestIamPermissionsRequest request(String path, String permission) {
    return TestIamPermissionsRequest.newBuilder()
        .setResource(path)
        .addPermissions(permission)
        .build();
  }

  private static @Nullable List<String> told(Asking asking) {
    try {
      return asking.ask();
    } catch (ApiException e) {
      // An emulator has no permissions.
      if (GivingUp.of(e).getCode() == Status.Code.UNIMPLEMENTED) {
        return null;
      }
      throw e;
    }
  }

  private RetrySettings retries() {
    return RetrySettings.newBuilder()
        .setInitialRetryDelayDuration(Duration.ofMillis(100))
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(Duration.ofSeconds(5))
        .setInitialRpcTimeoutDuration(google.timeout())
        .setMaxRpcTimeoutDuration(google.timeout())
        .setTotalTimeoutDuration(google.timeout())
        .build();
  }

  private synchronized TopicAdminClient topics() {
    if (topics == null) {
      TopicAdminSettings.Builder settings =
          TopicAdminSettings.newBuilder()
              .setCredentialsProvider(channels.credentials(endpoint()))
              .setTransportChannelProvider(
                  channels.to(
                      endpoint(), TopicAdminSettings.defaultGrpcTransportProviderBuilder()));
      settings.createTopicSettings().setRetrySettings(retries());
      settings.testIamPermissionsSettings().setRetrySettings(retries());
      try {
        topics = TopicAdminClient.create(settings.build());
      } catch (IOException e) {
        throw new TopicException("Pub/Sub can't be reached: " + e.getMessage(), e);
      }
    }
    return topics;
  }

  private synchronized SubscriptionAdminClient subscriptions() {
    if (subscriptions == null) {
      SubscriptionAdminSettings.Builder settings =
          SubscriptionAdminSettings.newBuilder()
              .setCredentialsProvider(channels.credentials(endpoint()))
              .setTransportChannelProvider(
                  channels.to(
                      endpoint(), SubscriptionAdminSettings.defaultGrpcTransportProviderBuilder()));
      settings.createSubscriptionSettings().setRetrySettings(retries());
      settings.testIamPermissionsSettings().setRetrySettings(retries());
      try {
        subscriptions = SubscriptionAdminClient.create(settings.build());
      } catch (IOException e) {
        throw new TopicException("Pub/Sub can't be reached: " + e.getMessage(), e);
      }
    }
    return subscriptions;
  }

  @Override
  public synchronized void close() {
    if (topics != null) {
      topics.close();
    }
    if (subscriptions != null) {
      subscriptions.close();
    }
    executor.shutdownNow();
  }

  private interface Asking {
    List<String> ask();
  }
}
