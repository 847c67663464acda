package dev.serai.cloud.secret;

import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretManagerServiceSettings;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.cloud.secretmanager.v1.SecretVersionName;
import dev.serai.cloud.google.Denied;
import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleChannels;
import dev.serai.cloud.google.GoogleException;
import dev.serai.cloud.google.GoogleSettings;
import dev.serai.cloud.google.Integration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Secrets of Google's Secret Manager, which are only read. */
final class GoogleSecrets implements SecretStore, Integration, AutoCloseable {

  private static final String PERMISSION = "secretmanager.versions.access";
  private static final String PROPERTY = "serai.google.project";
  private static final Set<StatusCode.Code> PASSING =
      Set.of(
          StatusCode.Code.UNAVAILABLE,
          StatusCode.Code.DEADLINE_EXCEEDED,
          StatusCode.Code.RESOURCE_EXHAUSTED,
          StatusCode.Code.INTERNAL,
          StatusCode.Code.ABORTED,
          StatusCode.Code.UNKNOWN);

  private final GoogleSettings settings;
  private final GoogleAccount account;
  private final GoogleChannels channels;
  private final Set<SecretName> expected = ConcurrentHashMap.newKeySet();
  private @Nullable SecretManagerServiceClient client;

  private record SecretName(String name, String version) {}

  GoogleSecrets(GoogleSettings settings, GoogleAccount account, GoogleChannels channels) {
    this.settings = settings;
    this.account = account;
    this.channels = channels;
  }

  private synchronized SecretManagerServiceClient client() throws IOException {
    if (client == null) {
      SecretManagerServiceSettings.Builder builder =
          SecretManagerServiceSettings.newBuilder()
              .setTransportChannelProvider(
                  channels.to(
                      settings.secretsEndpoint(),
                      SecretManagerServiceSettings.defaultGrpcTransportProviderBuilder()))
              .setCredentialsProvider(channels.credentials(settings.secretsEndpoint()));
      builder.accessSecretVersionSettings().setRetryableCodes(PASSING).setRetrySettings(retries());
      client = SecretManagerServiceClient.create(builder.build());
    }
    return client;
  }

  private RetrySettings retries() {
    Duration each = settings.timeout().dividedBy(2);
    return RetrySettings.newBuilder()
        .setInitialRetryDelayDuration(Duration.ofMillis(100))
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(Duration.ofSeconds(3))
        .setInitialRpcTimeoutDuration(each)
        .setMaxRpcTimeoutDuration(each)
        .setTotalTimeoutDuration(settings.timeout())
        .build();
  }

  @Override
  public @Nullable String read(String name, String version) {
    try {
      SecretVersionName asked = SecretVersionName.of(account.project(), name, version);
      AccessSecretVersionResponse answer = client().accessSecretVersion(asked);
      return text(name, answer.getPayload());
    } catch (ApiException e) {
      StatusCode.Code code = e.getStatusCode().getCode();
      if (code == StatusCode.Code.NOT_FOUND) {
        return null;
      }
      String text = denied(resource(name, version), e);
      if (PASSING.contains(code)) {
        throw new SecretAwayException(text, e);
      }
      throw new SecretException(text, e);
    } catch (GoogleException | IOException e) {
      throw new SecretException("Secret '%s' can't be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  @Override
  public void expect(String name, String version) {
    expected.add(new SecretName(name, version));
  }

  @Override
  public String name() {
    return "secrets";
  }

  /**
   * Asks for all that routes ask for, because rights may be given for each alone. Without any it
   * asks for one that nobody has: that it may not is no problem then.
   */
  @Override
  public void check() throws IOException {
    for (SecretName secret : expected) {
      read(secret.name, secret.version);
    }
    if (expected.isEmpty()) {
      probe();
    }
  }

  private void probe() throws IOException {
    SecretVersionName nobody =
        SecretVersionName.of(account.project(), "serai-probe", SecretGet.LATEST);
    try {
      client().accessSecretVersion(nobody);
    } catch (ApiException e) {
      StatusCode.Code code = e.getStatusCode().getCode();
      if (code != StatusCode.Code.NOT_FOUND && code != StatusCode.Code.PERMISSION_DENIED) {
        throw new SecretException(
            denied("Secret Manager of project '%s'".formatted(account.project()), e), e);
      }
    }
  }

  private String denied(String resource, ApiException e) {
    return Denied.text(
        Denied.Kind.of(e.getStatusCode().getCode()),
        resource,
        PERMISSION,
        PROPERTY,
        account.described(),
        String.valueOf(e.getMessage()));
  }

  private static String text(String name, SecretPayload payload) {
    byte[] bytes = payload.getData().toByteArray();
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    if (payload.hasDataCrc32C() && payload.getDataCrc32C() != crc.getValue()) {
      throw new SecretAwayException(
          "Secret '%s' has come with other bytes than were sent: its CRC32C is wrong"
              .formatted(name),
          new IOException("CRC32C"));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new SecretException("Secret '%s' is no text in UTF-8".formatted(name), e);
    }
  }

  private String resource(String name, String version) {
    return "Secret projects/%s/secrets/%s/versions/%s".formatted(account.project(), name, version);
  }

  @Override
  public String described(String name, String version) {
    return "Google's Secret Manager as projects/%s/secrets/%s/versions/%s (%s; the %s needs %s)"
        .formatted(account.project(), name, version, PROPERTY, account.described(), PERMISSION);
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
