package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Why were requests refused at the door? */
class RefusalsTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);

  @Test
  void theyAreCountedByCauseAndListedPageByPageWithoutSecrets() throws Exception {
    Instant begin = Instant.now();
    await().until(() -> Instant.now().isAfter(begin.plusMillis(2)));
    String since = "from=%s&source=stripe".formatted(begin);
    StripeSender forger = new StripeSender(hub.url(), "whsec_of_a_forger_0123456789");
    for (int i = 0; i < 3; i++) {
      forger.post(StripeSender.event("evt_forged_" + i, "invoice.paid", "{}"));
    }
    String of = since + "&cause=signature_mismatch";
    await()
        .untilAsserted(
            () ->
                assertThat(
                        api.get("/api/v1/refusals/causes?" + of)
                            .json()
                            .at("/causes/0/count")
                            .asInt())
                    .isEqualTo(3));

    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.get("/api/v1/refusals?limit=2&" + of + cursor).json();
      page.path("refusals").forEach(refusal -> ids.add(refusal.path("id").asText()));
      assertThat(page.toString()).contains("signature_mismatch").doesNotContain("v1=");
      cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());

    assertThat(ids).hasSize(3).doesNotHaveDuplicates();
    assertThat(api.get("/api/v1/refusals?" + since + "&cause=too_old").json().path("refusals"))
        .isEmpty();
    assertThat(api.get("/api/v1/refusals?to=2020-01-01T00:00:00Z").json().path("refusals"))
        .isEmpty();
  }
}
