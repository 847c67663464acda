package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import dev.serai.event.Turns;
import dev.serai.redis.Locks;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whose turn is it? */
@EngineTurn
class TurnsTest {

  private final TestHub hub = TestHub.engine();
  private final String work = "w" + UUID.randomUUID();

  @Test
  void ofManyWhoAskOneHasTheTurnUntilItsTimeIsOver() {
    Turns turns = hub.bean(Turns.class);
    List<Boolean> taken =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(i -> new LockedTurns(hub.bean(Locks.class)).take(work, Duration.ofSeconds(2)))
            .filter(mine -> mine)
            .toList();
    assertThat(taken).hasSize(1);
    assertThat(turns.take(work, Duration.ofSeconds(2))).isFalse();
    await().until(() -> turns.take(work, Duration.ofMinutes(1)));
  }
}
