package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What happens to requests and deliveries under way when the hub is told to stop? */
@ResourceLock(HubProcess.SHARED)
class StoppedHubIT {

  private static final int SLOW = 12;
  private static final int SIGTERM = 128 + 15;

  private final HubProcess hub = HubProcess.shared();
  private final Ledger ledger = Ledger.of(hub);

  StoppedHubIT() throws IOException {}

  @Test
  void whatWasTakenIsAnsweredWhatRunsIsFinishedAndTheRestWaitsForTheNextStart() throws Exception {
    long repeats = ledger.repeats("plain");
    List<String> slow = new ArrayList<>();
    Load load = Load.on(hub, "ledger.counted");
    String halfSent;
    try (load;
        Socket socket = new Socket("127.0.0.1", hub.port())) {
      for (int i = 0; i < SLOW; i++) {
        slow.add(Load.post(hub, "trouble.slow"));
      }
      await().until(() -> load.acknowledged().size() > 200 && attempts(slow) > 0);
      byte[] request = request(socket);
      int half = request.length - 100;
      socket.getOutputStream().write(request, 0, half);
      awaitTurnOfEarlierConnections();
      hub.terminate();
      await().until(() -> !hub.isReady());
      socket.getOutputStream().write(request, half, request.length - half);
      halfSent = status(socket);
      assertThat(hub.awaitExit(Duration.ofSeconds(30))).isIn(0, SIGTERM);
    }
    assertThat(halfSent).as(hub::tail).isEqualTo("HTTP/1.1 200");
    assertThat(load.refusals()).isEmpty();
    assertThat(hub.postgres()).as("PostgreSQL").isEmpty();
    assertThat(hub.redis()).as("Redis").isEmpty();

    hub.ensureReady();
    assertThat(ledger.stored(load.unanswered())).as("taken and not answered").isZero();
    ledger.awaitHandled(Duration.ofSeconds(30), load.acknowledged());
    await().atMost(Duration.ofSeconds(30)).until(() -> ledger.missing("plain", slow) == 0);
    assertThat(ledger.repeats("once")).isZero();
    assertThat(ledger.repeats("plain")).as("nothing was cut off").isEqualTo(repeats);
    assertThat(attempts(slow)).as("each was counted once").isEqualTo(SLOW);
    assertThat(mostAttempts(load.acknowledged())).isEqualTo(1);
  }

  /** Connections are taken one after the other: when this one is answered, those are read. */
  private void awaitTurnOfEarlierConnections() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", hub.port())) {
      socket.getOutputStream().write(request(socket));
      assertThat(status(socket)).isEqualTo("HTTP/1.1 200");
    }
  }

  private static String status(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
  }

  private static byte[] request(Socket socket) {
    String body =
        StripeSender.event(
            "evt_" + UUID.randomUUID(), "ledger.counted", "{\"id\":\"" + "x".repeat(500) + "\"}");
    String signature = new StripeSender("", TestHub.STRIPE_SECRET).sign(body, Instant.now());
    return ("""
    POST /webhooks/stripe HTTP/1.1\r
    Host: 127.0.0.1:%s\r
    Content-Type: application/json\r
    Content-Length: %s\r
    Stripe-Signature: %s\r
    \r
    %s\
    """)
        .formatted(socket.getPort(), body.length(), signature, body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private long attempts(List<String> events) {
    return number(
        "select coalesce(sum(attempts), 0) from serai.delivery where event_id::text = any(?)",
        events);
  }

  private long mostAttempts(List<String> events) {
    return number("select max(attempts) from serai.delivery where event_id::text = any(?)", events);
  }

  private long number(String sql, List<String> events) {
    return ledger
        .jdbc()
        .sql(sql)
        .param(1, events.toArray(String[]::new))
        .query(Long.class)
        .single();
  }
}
