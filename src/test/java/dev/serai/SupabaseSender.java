package dev.serai;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts as Supabase's Auth and our trigger do. It signs with code of its own, so that a mistake of
 * the hub's can't hide.
 */
public final class SupabaseSender {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final String url;
  private final byte[] key;

  /**
   * @param source whose secret the hub has generated
   * @param path below {@code /webhooks}
   */
  public SupabaseSender(TestHub hub, String source, String path) throws IOException {
    this.url = hub.url() + "/webhooks" + path;
    String secret = Files.readString(hub.data().resolve("secrets").resolve(source));
    this.key = Base64.getDecoder().decode(secret.substring("v1,whsec_".length()));
  }

  /** A new attempt has a new id and a new signature over the same body. */
  public HttpResponse<String> post(String body) throws IOException, InterruptedException {
    String id = UUID.randomUUID().toString();
    String time = Long.toString(Instant.now().getEpochSecond());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", time)
            .header("webhook-signature", "v1," + sign(id + "." + time + "." + body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private String sign(String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
