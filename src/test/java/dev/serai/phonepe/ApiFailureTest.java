package dev.serai.phonepe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.event.Deliveries;
import dev.serai.event.Subscriptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to a webhook when PhonePe's API does not say whether it is true? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(PhonePeHub.TURN)
class ApiFailureTest {

  private final PhonePeHub phonePe = PhonePeHub.shared();
  private final PhonePeApi api = phonePe.api();
  private final String id = "T-" + UUID.randomUUID();
  private final ObjectNode webhook = webhook(id);

  private static ObjectNode webhook(String id) {
    try {
      return PhonePeHub.fixture("07-v2-checkout.order.completed", id);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500, ReceiverFailedException",
    "503, ReceiverFailedException",
    "403, ReceiverRefusedException",
    "302, ReceiverMovedException",
    "200, IOException",
    "201, IOException",
    "0, SocketTimeoutException",
    "-1, ConnectionClosedException",
  })
  void itIsAskedAgainLater(int status, String cause) throws Exception {
    switch (status) {
      case 0 -> api.silent(id);
      case -1 -> api.cut(id);
      case 201 -> api.answer(id, 200, "{\"state\":\"COMPLETED\",\"x\":\"" + "x".repeat(300_000));
      default -> api.answer(id, status, "<html>sorry", "Location", api.url("elsewhere"));
    }
    UUID event = phonePe.post(webhook.toString());
    assertThat(phonePe.failed(event, 1).cause()).isEqualTo(cause);
    assertThat(phonePe.failed(event, 1).detail()).doesNotContain("token-", PhonePeApi.SECRET);
    assertThat(api.calls(id)).as("nothing repeats it by itself").hasSize(1);

    api.knows(id, PhonePeHub.payload(webhook));
    phonePe.later(event);
    phonePe.log().awaitState(event, PhonePeHub.SUBSCRIPTION, "done");
    assertThat(phonePe.emitted("order.confirmed", id)).hasSize(1);
    assertThat(phonePe.reasons(event)).isEmpty();
  }

  @Test
  void withoutAClientTheyWaitAndSayWhatIsMissing() throws Exception {
    TestHub hub = TestHub.shared();
    TestLog log = TestLog.of(hub);
    UUID event =
        log.append(
                TestLog.event(
                    "phonepe",
                    "phonepe.checkout.order.completed",
                    id,
                    id,
                    webhook.toString(),
                    null))
            .id();
    await().until(() -> !log.attempts(event, PhonePeHub.SUBSCRIPTION).isEmpty());
    assertThat(log.attempts(event, PhonePeHub.SUBSCRIPTION).getFirst().detail())
        .contains("serai.phonepe.client-id (SERAI_PHONEPE_CLIENT_ID) is not set");
    int subscription =
        hub.bean(Subscriptions.class).find(PhonePeHub.SUBSCRIPTION).orElseThrow().id();
    await().until(() -> hub.bean(Deliveries.class).cancel(event, subscription));
  }

  @Test
  void whoAsksForTimeIsGivenIt() throws Exception {
    api.answer(id, 429, "{\"code\":\"TOO_MANY_REQUESTS\"}", "Retry-After", "3600");
    Instant begin = Instant.now();
    UUID event = phonePe.post(webhook.toString());

    assertThat(phonePe.failed(event, 1).cause()).isEqualTo("ReceiverFailedException");
    assertThat(phonePe.log().delivery(event, PhonePeHub.SUBSCRIPTION).dueAt())
        .isBetween(begin.plusSeconds(3_590), begin.plus(Duration.ofMinutes(62)));
    api.knows(id, PhonePeHub.payload(webhook));
    phonePe.later(event);
    phonePe.log().awaitState(event, PhonePeHub.SUBSCRIPTION, "done");
  }

  @Test
  void aTokenThatIsRefusedIsThrownAwayAndAllWaitForOneNew() throws Exception {
    phonePe.handled(webhook("T-" + UUID.randomUUID()));
    api.expire();
    int before = api.tokens();
    List<String> orders = new ArrayList<>();
    List<UUID> events = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      orders.add("T-" + UUID.randomUUID());
      api.knows(orders.get(i), PhonePeHub.payload(webhook));
      events.add(phonePe.post(webhook(orders.get(i)).toString()));
    }
    // Whichever of them was the first to ask.
    UUID refused =
        await()
            .until(
                () ->
                    events.stream()
                        .filter(
                            event ->
                                !phonePe.log().attempts(event, PhonePeHub.SUBSCRIPTION).isEmpty())
                        .findFirst(),
                Optional::isPresent)
            .orElseThrow();
    assertThat(phonePe.failed(refused, 1).detail())
        .contains("answered 401", "O-Bearer ***")
        .doesNotContain("token-");
    events.forEach(phonePe::later);
    for (UUID event : events) {
      phonePe.log().awaitState(event, PhonePeHub.SUBSCRIPTION, "done");
    }

    assertThat(orders).allMatch(order -> phonePe.emitted("order.confirmed", order).size() == 1);
    assertThat(api.tokens()).isEqualTo(before + 1);
  }
}
