package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The end of which deliveries may be recorded late? */
@EngineTurn
class LowDeliveryTest {

  /** Of no subscription, so that no hub takes its deliveries. */
  private static final int NOBODYS = -7;

  private final TestHub hub = TestHub.engine();
  private final Deliveries deliveries = hub.bean(Deliveries.class);
  private final Nodes nodes = hub.bean(Nodes.class);

  @ParameterizedTest
  @CsvSource({"-1, , true", "0, , false", "-1, k, false"})
  void thoseOfAReplayThatHoldUpNoOther(int priority, String key, boolean low) throws Exception {
    Claimed claimed = claimed(priority, key == null ? null : key + UUID.randomUUID());
    assertThat(claimed.low()).isEqualTo(low);
    deliveries.finish(Finish.cancelled(claimed, claimed.event().time())).join();
  }

  @Test
  void andItIsRecorded() throws Exception {
    Claimed claimed = claimed(-1, null);
    var finished = deliveries.finish(Finish.done(claimed, claimed.event().time())).join();
    assertThat(finished.recorded()).isTrue();
    assertThat(deliveries.finish(Finish.done(claimed, claimed.event().time())).join().recorded())
        .isFalse();
  }

  private Claimed claimed(int priority, @org.jspecify.annotations.Nullable String key)
      throws Exception {
    UUID event = TestLog.of(hub).append("test.low");
    hub.database()
        .sql(
            """
            insert into serai.delivery (event_id, subscription_id, due_at, order_key, priority)
            values (:event, :subscription, now(), :key, :priority)
            """)
        .param("event", event)
        .param("subscription", NOBODYS)
        .param("key", key)
        .param("priority", priority)
        .update();
    int node = nodes.register("low", "test");
    try {
      return deliveries.claim(node, NOBODYS, Ordering.NONE, null, List.of(event)).getFirst();
    } finally {
      nodes.leave(node);
    }
  }
}
