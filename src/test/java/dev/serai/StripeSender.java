package dev.serai;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Posts as Stripe does. It signs with code of its own, so that a mistake of the hub's can't hide.
 */
public final class StripeSender {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final String url;
  private final String secret;

  /**
   * @param hub the hub's base URL
   */
  public StripeSender(String hub, String secret) {
    this(hub, "stripe", secret);
  }

  /** For a source that signs as Stripe does. */
  public StripeSender(String hub, String source, String secret) {
    this.url = hub + "/webhooks/" + source;
    this.secret = secret;
  }

  public static StripeSender to(TestHub hub) {
    return new StripeSender(hub.url(), TestHub.STRIPE_SECRET);
  }

  /** An event of Stripe's with an object of the given members. */
  public static String event(String id, String type, String object) {
    return """
    {"id":"%s","object":"event","api_version":"2025-03-31.basil","created":%s,\
    "data":{"object":%s},"livemode":false,"pending_webhooks":1,\
    "request":{"id":null,"idempotency_key":null},"type":"%s"}\
    """
        .formatted(id, Instant.now().getEpochSecond(), object, type);
  }

  public HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return CLIENT.send(request(body), HttpResponse.BodyHandlers.ofString());
  }

  /** The signed request, for a client of the test's own. */
  public HttpRequest request(String body) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json; charset=utf-8")
        .header("Stripe-Signature", sign(body, Instant.now()))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** The value of {@code Stripe-Signature} at a time. */
  public String sign(String body, Instant at) {
    return sign(body.getBytes(StandardCharsets.UTF_8), at);
  }

  /** The same for a body that need not be text. */
  public String sign(byte[] body, Instant at) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII));
      return "t=%s,v1=%s"
          .formatted(at.getEpochSecond(), HexFormat.of().formatHex(mac.doFinal(body)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
