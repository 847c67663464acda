package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What happens to a new subscription while the transaction of a handler has appended? */
@EngineTurn
class DeclarationTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void itWaitsForItsTurnAndAppendsGoOn() throws Exception {
    String name = "declared-" + UUID.randomUUID();
    Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    CompletableFuture<Subscription> declared;
    try (Connection handler = hub.bean("dataSource", DataSource.class).getConnection()) {
      handler.setAutoCommit(false);
      handler.createStatement().execute("select version from serai.subscription_version");
      declared =
          CompletableFuture.supplyAsync(
              () -> hub.bean(Subscriptions.class).declare(name, List.of(name), List.of(), 3),
              threads);

      await()
          .pollDelay(Duration.ofSeconds(1))
          .untilAsserted(() -> assertThat(declared).isNotDone());
      String event = StripeSender.event("evt_" + name, "appended.meanwhile", "{}");
      assertThat(StripeSender.to(hub).post(event).statusCode()).isEqualTo(200);
      handler.rollback();
    }
    assertThat(declared).succeedsWithin(Duration.ofSeconds(10));
    assertThat(hub.bean(Subscriptions.class).find(name)).isPresent();
  }
}
