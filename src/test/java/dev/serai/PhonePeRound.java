package dev.serai;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What PhonePe tells in one round, in both forms that are signed. It signs with code of its own, so
 * that a mistake of the hub's can't hide.
 */
final class PhonePeRound extends ProviderRound {

  private static final Path FIXTURES = Path.of("src", "test", "resources", "fixtures", "phonepe");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final TestHub hub;

  /**
   * @param mark letters and digits, new with each round
   */
  PhonePeRound(TestHub hub, String mark) {
    super(hub, mark);
    this.hub = hub;
  }

  /** An inner JSON of V1 is packed; anything else is V2. */
  @Override
  HttpResponse<String> send(String event) throws Exception {
    return JSON.readTree(event).has("code") ? sendV1(event) : sendV2(event);
  }

  private HttpResponse<String> sendV1(String inner) throws Exception {
    String response = Base64.getEncoder().encodeToString(inner.getBytes(StandardCharsets.UTF_8));
    String[] salt = secret("phonepe-v1");
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest((response + salt[1]).getBytes(StandardCharsets.UTF_8));
    return post(
        "/phonepe/v1",
        "{\"response\":\"%s\"}".formatted(response),
        "X-VERIFY",
        HexFormat.of().formatHex(hash) + "###" + salt[0]);
  }

  private HttpResponse<String> sendV2(String body) throws Exception {
    String[] key = secret("phonepe-hmac");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key[1].getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return post(
        "/phonepe/hmac",
        body,
        "x-phonepe-checksum-key-id",
        key[0],
        "x-phonepe-checksum-signature",
        HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8))));
  }

  private String[] secret(String source) throws IOException {
    return Files.readString(hub.data().resolve("secrets").resolve(source)).strip().split(":", 2);
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(hub.url() + "/webhooks" + path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/json")
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** PhonePe has no ids of events: other bytes are another event. */
  @Override
  String toldAgain(String event) {
    return event.replaceFirst("\\{", "{ ");
  }

  /** Ten merchants' customers with ten events each: three of V1, seven of V2. */
  @Override
  List<String> hundred() throws IOException {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      boolean fails = i % 3 == 0;
      events.add(v1(i, "01-v1-payment-success-upi", "PAYMENT_PENDING", "PENDING"));
      events.add(
          fails
              ? v1(i, "02-v1-payment-error", "PAYMENT_ERROR", "FAILED")
              : v1(i, "03-v1-payment-success-card", "PAYMENT_SUCCESS", "COMPLETED"));
      events.add(v1(i, "05-v1-refund-success", "PAYMENT_SUCCESS", "COMPLETED"));
      events.add(
          v2(
              i,
              0,
              "08-v2-checkout.order.failed",
              "checkout.transaction.attempt.failed",
              "PENDING"));
      events.add(
          fails
              ? v2(i, 1, "08-v2-checkout.order.failed", "checkout.order.failed", "FAILED")
              : v2(
                  i, 1, "07-v2-checkout.order.completed", "checkout.order.completed", "COMPLETED"));
      events.add(v2(i, 2, "12-v2-pg.refund.accepted", "pg.refund.accepted", "CONFIRMED"));
      events.add(
          v2(
              i,
              2,
              "13-v2-pg.refund.completed",
              "pg.refund.completed",
              fails ? "FAILED" : "COMPLETED"));
      events.add(
          v2(
              i,
              3,
              "15-v2-subscription.setup.order.completed",
              "subscription.setup.order.completed",
              "COMPLETED"));
      events.add(
          v2(
              i,
              4,
              "19-v2-subscription.redemption.order.completed",
              "subscription.redemption.order.completed",
              "COMPLETED"));
      events.add(
          v2(
              i,
              5,
              "17-v2-subscription.revoked",
              "subscription.paused",
              fails ? "PAUSED" : "REVOKED"));
    }
    return events;
  }

  private String v1(int customer, String fixture, String code, String state) throws IOException {
    String packed = JSON.readTree(text(fixture)).path("response").asText();
    ObjectNode inner = (ObjectNode) JSON.readTree(Base64.getDecoder().decode(packed));
    inner.put("code", code);
    ObjectNode data = (ObjectNode) inner.path("data");
    data.put("state", state);
    boolean refund = data.path("transactionId").asText().startsWith("TR");
    data.put("merchantTransactionId", refund ? "HUB-A1-R1" : "HUB-A1");
    return own(inner.toString(), customer);
  }

  /** Its times lie so many minutes behind those of the fixture. */
  private String v2(int customer, int minutes, String fixture, String name, String state)
      throws IOException {
    ObjectNode event = (ObjectNode) JSON.readTree(text(fixture));
    event.put("event", name);
    ((ObjectNode) event.path("payload")).put("state", state);
    String later = Long.toString(1759999998000L + 60_000L * minutes);
    return own(event.toString().replace("1759999998000", later), customer);
  }

  private String own(String event, int customer) {
    return event.replaceAll("\"HUB-", "\"HUB-" + mark + "N" + customer + "-");
  }

  private static String text(String fixture) throws IOException {
    return Files.readString(FIXTURES.resolve(fixture + ".json"));
  }
}
