package dev.serai.cloud.google;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.auth.Credentials;
import com.google.cloud.NoCredentials;
import io.grpc.ManagedChannelBuilder;
import java.net.URI;

/** How the clients that speak gRPC get to their service. */
public final class GoogleChannels {

  private final GoogleAccount account;

  GoogleChannels(GoogleAccount account) {
    this.account = account;
  }

  /**
   * A channel to an endpoint of the settings, in plain text if it begins with http://.
   *
   * @param defaults the client's own, such as {@code
   *     PublisherStubSettings.defaultGrpcTransportProviderBuilder()}, which are Google's address
   */
  public InstantiatingGrpcChannelProvider to(
      String endpoint, InstantiatingGrpcChannelProvider.Builder defaults) {
    if (endpoint.isEmpty()) {
      return defaults.build();
    }
    URI uri = URI.create(endpoint);
    boolean plain = "http".equals(uri.getScheme());
    int port = uri.getPort() < 0 ? plain ? 80 : 443 : uri.getPort();
    defaults.setEndpoint(uri.getHost() + ":" + port);
    if (plain) {
      defaults.setChannelConfigurator(ManagedChannelBuilder::usePlaintext);
    }
    return defaults.build();
  }

  /** What to show there; gRPC never shows credentials in plain text. */
  public CredentialsProvider credentials(String endpoint) {
    if (endpoint.startsWith("http://")) {
      return NoCredentialsProvider.create();
    }
    Credentials credentials = account.credentials(endpoint);
    return credentials instanceof NoCredentials
        ? NoCredentialsProvider.create()
        : FixedCredentialsProvider.create(credentials);
  }
}
