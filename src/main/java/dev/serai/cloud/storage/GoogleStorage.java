package dev.serai.cloud.storage;

import com.google.api.client.http.HttpRequestFactory;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleException;
import dev.serai.cloud.google.GoogleSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Cloud Storage as this hub gets to it: made when it is first needed, so that a hub starts. */
final class GoogleStorage {

  private static final int CONNECT_MS = 5_000;

  private final GoogleSettings settings;
  private final GoogleAccount account;
  private @Nullable Client client;

  GoogleStorage(GoogleSettings settings, GoogleAccount account) {
    this.settings = settings;
    this.account = account;
  }

  /**
   * What speaks to it.
   *
   * @param storage Google's client
   * @param http requests with the same credentials, for what that client does not do
   * @param host its address
   */
  record Client(Storage storage, HttpRequestFactory http, String host) {}

  /**
   * @throws GoogleException if there are no credentials, or no project
   */
  synchronized Client client() {
    if (client == null) {
      client = made();
    }
    return client;
  }

  private Client made() {
    long read = timeout().dividedBy(2).toMillis();
    StorageOptions.Builder builder =
        StorageOptions.http()
            .setProjectId(account.project())
            .setCredentials(account.credentials(settings.storageEndpoint()))
            .setTransportOptions(
                HttpTransportOptions.newBuilder()
                    .setConnectTimeout(CONNECT_MS)
                    .setReadTimeout(Math.toIntExact(read))
                    .build())
            // All that we ask for may be asked twice: uploads have their mark, deletions a number.
            .setStorageRetryStrategy(StorageRetryStrategy.getUniformStorageRetryStrategy());
    builder.setRetrySettings(
        RetrySettings.newBuilder()
            .setInitialRetryDelayDuration(Duration.ofMillis(200))
            .setRetryDelayMultiplier(2)
            .setMaxRetryDelayDuration(Duration.ofSeconds(5))
            .setTotalTimeoutDuration(timeout())
            .setJittered(true)
            .build());
    if (!settings.storageEndpoint().isEmpty()) {
      builder.setHost(settings.storageEndpoint());
    }
    StorageOptions options = builder.build();
    HttpTransportOptions transport = (HttpTransportOptions) options.getTransportOptions();
    return new Client(
        options.getService(),
        transport
            .getHttpTransportFactory()
            .create()
            .createRequestFactory(transport.getHttpRequestInitializer(options)),
        options.getHost().replaceAll("/+$", ""));
  }

  /** How long one call may take with all its repetitions. */
  Duration timeout() {
    return settings.timeout();
  }

  /** Where it is, if not at Google's own address. */
  String endpoint() {
    return settings.storageEndpoint();
  }

  GoogleAccount account() {
    return account;
  }
}
