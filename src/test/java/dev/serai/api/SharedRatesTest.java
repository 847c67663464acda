package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.limit.RateUse;
import dev.serai.limit.SharedRates;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Do hubs count together what belongs together? */
class SharedRatesTest {

  private static final int BURST = 6;

  private final TestHub first = TestHub.shared();
  private final TestHub second = GuardedHub.shared();
  private final String subject = "subject-" + UUID.randomUUID();

  @Test
  void whatOneHubHasTakenTheOtherDoesNotGive() {
    int allowed = 0;
    for (int i = 0; i < BURST; i++) {
      allowed += isAllowed(first) ? 1 : 0;
      allowed += isAllowed(second) ? 1 : 0;
    }
    assertThat(allowed).isEqualTo(BURST);
  }

  private boolean isAllowed(TestHub hub) {
    return use(hub).map(RateUse::allowed).orElseThrow();
  }

  private Optional<RateUse> use(TestHub hub) {
    return hub.bean(SharedRates.class).use(SharedRates.Scope.API, subject, 1, BURST);
  }

  @Test
  void aFlagTakesASubjectOffTheCommonCountOnAllHubs() throws Exception {
    assertThat(use(second)).isPresent();
    Api.of(first)
        .put(
            "/api/v1/flags/serai.shared-rates",
            "{\"percentage\":100,\"users\":{\"%s\":false}}".formatted(subject));
    try {
      assertThat(use(first)).isEmpty();
      await().until(() -> use(second).isEmpty());
    } finally {
      Api.of(first).send("DELETE", "/api/v1/flags/serai.shared-rates");
    }
    await().until(() -> use(second).isPresent());
  }
}
