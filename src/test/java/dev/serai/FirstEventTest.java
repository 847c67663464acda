package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What happens to the first webhook that a newcomer posts? */
class FirstEventTest {

  private final TestHub hub = TestHub.shared();

  @Test
  void aSignedPaymentIsStoredHandledAndFoundByItsStripeId() throws Exception {
    String key = "evt_" + UUID.randomUUID();
    String payment = "pi_" + UUID.randomUUID();
    HttpResponse<String> response =
        StripeSender.to(hub)
            .post(
                StripeSender.event(
                    key,
                    "payment_intent.succeeded",
                    "{\"id\":\"%s\",\"amount\":1200,\"currency\":\"eur\"}".formatted(payment)));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(response.body()).path("status").asText())
        .isEqualTo("accepted");

    await()
        .untilAsserted(
            () -> {
              var events = Api.of(hub).get("/api/v1/events?key=" + key).json().path("events");
              assertThat(events.size()).isEqualTo(1);
              assertThat(events.get(0).path("deliveries").get(0).path("state").asText())
                  .isEqualTo("done");
            });
    assertThat(
            hub.database()
                .sql("select status from payments.payment where id = :id")
                .param("id", payment)
                .query(String.class)
                .single())
        .isEqualTo("succeeded");
  }
}
