package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.webhook.Templates;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Can every kind of example be posted to this hub, by the name of its provider? */
class TriggerTest {

  private final Api api = Api.of(TestHub.shared());

  static Stream<String> examples() {
    return Stream.of("stripe", "supabase", "supabase-header", "phonepe", "phonepe-hmac")
        .flatMap(source -> Templates.types(source).stream().map(type -> source + "/" + type));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void itIsTakenOrAnswered(String example) throws Exception {
    Api.Answer answer = api.post("/api/v1/trigger/" + example, "");

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode json = answer.json();
    assertThat(json.path("status").asText("decision")).isIn("accepted", "decision");
  }

  @Test
  void everyRecordedTypeOfAllProvidersIsAmongThem() {
    assertThat(Templates.types("supabase"))
        .contains(
            "public.orders.inserted",
            "public.orders.updated",
            "public.orders.deleted",
            "auth.users.inserted",
            "storage.objects.inserted",
            "send-sms",
            "send-email",
            "after-user-created",
            "before-user-created",
            "customize-access-token",
            "mfa-verification",
            "password-verification");
    assertThat(Templates.types("phonepe"))
        .contains(
            "payment_success",
            "payment_error",
            "refund_success",
            "checkout.order.completed",
            "checkout.order.failed",
            "pg.refund.accepted",
            "pg.refund.completed",
            "subscription.setup.order.completed",
            "subscription.revoked",
            "subscription.redemption.order.completed");
  }

  @Test
  void aTypeThatThereIsNoExampleOfIsAnsweredWithThoseThereAre() throws Exception {
    Api.Answer answer = api.post("/api/v1/trigger/phonepe/refund.lost", "");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText())
        .contains("'refund.lost'", "pg.refund.completed");
  }

  @Test
  void theTypesOfAProviderAreThoseOfAllItsSources() throws Exception {
    JsonNode types = api.get("/api/v1/trigger/supabase").json().path("types");

    assertThat(Set.copyOf(Templates.types("supabase"))).hasSize(types.size());
  }
}
