package dev.serai.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import dev.serai.phonepe.PhonePeApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Is an end of PhonePe's told once that was half recovered, or comes signed after all? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(ReconcilingHub.TURN)
class LateEndTest {

  private static final String JOB = "reconcile-phonepe";
  private static final String ALL = "{\"all\":true}";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final ReconcilingHub reconciling = ReconcilingHub.emptied();
  private final PhonePeOrders orders = new PhonePeOrders(reconciling);
  private final PhonePeApi api = reconciling.phonePe();
  private final TestHub hub = reconciling.hub();
  private final String order = "T-" + UUID.randomUUID();

  @BeforeEach
  void nothingIsOpen() {
    orders.settle();
  }

  /** A webhook of the form HMAC; returns its event. */
  private UUID post(String body) throws Exception {
    String[] key = Files.readString(hub.data().resolve("secrets/phonepe-hmac")).split(":", 2);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key[1].getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(hub.url() + "/webhooks/phonepe/hmac"))
            .header("Content-Type", "application/json")
            .header("x-phonepe-checksum-key-id", key[0])
            .header(
                "x-phonepe-checksum-signature",
                HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8))))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return UUID.fromString(JSON.readTree(answer.body()).path("id").asText());
  }

  /** As when the hub was killed between the two. */
  @Test
  void anEndThatWasAnsweredAndNotAppendedIsAppendedByTheNextRun() throws Exception {
    orders.announce(order);
    api.knows(order, orders.payload(order));
    hub.database()
        .sql(
            """
            insert into payments.status_check (provider, kind, id, asked_at, answered_at, state, answer)
            values ('phonepe', 'order', ?, now() - interval '1 min', now(), 'COMPLETED',
              '{"state": "COMPLETED", "amount": 249900}')
            """)
        .param(order)
        .update();

    assertThat(reconciling.run(JOB, ALL)).isEqualTo("1 looked at, 1 recovered, 0 duplicates");
    await().until(() -> orders.state(order).equals(List.of("succeeded")));
  }

  @Test
  void ofWhatASignedWebhookTellsTooThePaymentsMakeOne() throws Exception {
    orders.announce(order);
    api.knows(order, orders.payload(order));
    reconciling.run(JOB, ALL);
    await().until(() -> orders.state(order).equals(List.of("succeeded")));

    UUID late = post(orders.webhook(order).toString());
    reconciling.log().awaitState(late, "handler-phonepe-v2", "done");
    assertThat(orders.told("payment.succeeded", order)).isEqualTo(1);
  }
}
