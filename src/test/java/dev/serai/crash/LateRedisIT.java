package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.embedded.TestServers;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of webhooks when Redis can't be reached at the start, and for a while after? */
class LateRedisIT {

  private static final Duration WITHOUT_REDIS = Duration.ofSeconds(10);

  @Test
  void theyAreAcceptedAndWaitAndAreHandledWhenItComes() throws Exception {
    try (TestServers servers = TestServers.start()) {
      late(URI.create(servers.settings().get("serai.redis.url")));
    }
  }

  private static void late(URI redis) throws Exception {
    int port;
    try (var probe = new ServerSocket(0)) {
      port = probe.getLocalPort();
    }
    String url = "redis://%s@127.0.0.1:%s".formatted(redis.getUserInfo(), port);
    try (HubProcess hub =
        new HubProcess(
            "late-redis", Map.of("SERAI_REDIS_URL", url, "SERAI_REDIS_PREFIX", "late:"))) {
      hub.ensureReady();
      Ledger ledger = Ledger.of(hub);
      ledger.create();
      Load load = Load.on(hub, "ledger.counted");
      try (load) {
        await().pollDelay(WITHOUT_REDIS).atMost(Duration.ofMinutes(1)).until(() -> true);
      }
      assertThat(load.refusals()).isEmpty();
      assertThat(load.unanswered()).isEmpty();
      assertThat(load.acknowledged()).hasSizeGreaterThan(200);
      assertThat(ledger.missing("once", load.acknowledged()))
          .as("none is handled")
          .isEqualTo(load.acknowledged().size());
      assertThat(hub.health()).contains("\"redis\":{\"status\":\"DOWN\"", "refused");
      assertThat(hub.isReady()).as("webhooks need no Redis").isTrue();

      try (var door = new Relay(port, redis.getPort())) {
        ledger.awaitHandled(Duration.ofSeconds(30), load.acknowledged());
        assertThat(ledger.repeats("plain")).isZero();
        assertThat(hub.health()).contains("\"redis\":{\"status\":\"UP\"");
      }
    }
  }

  /** Makes a server reachable at another port. */
  private static final class Relay implements AutoCloseable {

    private final ServerSocket server;
    private final int target;

    Relay(int port, int target) throws IOException {
      this.server = new ServerSocket(port);
      this.target = target;
      Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
      try {
        while (true) {
          Socket client = server.accept();
          Socket upstream = new Socket("127.0.0.1", target);
          Thread.ofVirtual().start(() -> copy(client, upstream));
          Thread.ofVirtual().start(() -> copy(upstream, client));
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    private static void copy(Socket from, Socket to) {
      try (from;
          to) {
        from.getInputStream().transferTo(to.getOutputStream());
      } catch (IOException closed) {
        // By one side or the other; the try closes both.
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
