package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is told when a limit is reached, and how often? */
class LimitReachedTest {

  private final TestHub hub = TestHub.shared();
  private final Usage usage = hub.bean(Usage.class);
  private final String workspace = "w-" + UUID.randomUUID();

  @Test
  void eachThresholdOnce() throws Exception {
    usage.limit(workspace, limit(1_000L, null));
    usage.record(workspace, 799, "5", "writer", "a");
    assertThat(told()).isEmpty();

    usage.record(workspace, 1, null, null, "b");
    assertThat(told()).containsExactly("tokens 80: 800 of 1000, 80 %");
    usage.record(workspace, 1, null, null, "b");
    usage.record(workspace, 100, null, null, "c");
    assertThat(told()).hasSize(1);

    usage.record(workspace, 500, null, null, "d");
    assertThat(told())
        .containsExactly("tokens 80: 800 of 1000, 80 %", "tokens 100: 1400 of 1000, 140 %");
    usage.record(workspace, 500, null, null, "e");
    usage.limit(workspace, limit(10_000L, null));
    usage.limit(workspace, limit(1_000L, null));
    assertThat(told()).hasSize(2);
  }

  @Test
  void oneRecordMayReachSeveral() throws Exception {
    usage.limit(workspace, limit(10L, new BigDecimal("0.5")));
    usage.record(workspace, 10, "0.4", null, "a");
    assertThat(told())
        .containsExactlyInAnyOrder(
            "tokens 80: 10 of 10, 100 %",
            "tokens 100: 10 of 10, 100 %", "cost 80: 0.4 of 0.5, 80 %");
  }

  @Test
  void aLimitThatIsReachedWhenItIsSet() throws Exception {
    usage.record(workspace, 90, null, null, "a");
    assertThat(usage.limit(workspace, limit(100L, null)).tokens()).isEqualTo(90);
    assertThat(told()).containsExactly("tokens 80: 90 of 100, 90 %");
  }

  /** However setting and counting meet, one of the two sees the other. */
  @Test
  void noneIsMissedWhenTheLimitIsSetMeanwhile() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String one = workspace + "-" + i;
        all.add(threads.submit(() -> usage.record(one, 10, null, null, "k")));
        all.add(threads.submit(() -> usage.limit(one, limit(10L, null))));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(
            hub.database()
                .sql("select count(*) from serai.usage_reached where workspace like ?")
                .param(workspace + "-%")
                .query(Long.class)
                .single())
        .isEqualTo(40);
  }

  private static UsageLimit limit(@Nullable Long tokens, @Nullable BigDecimal cost) {
    return new UsageLimit(tokens, cost, List.of(80, 100), 0);
  }

  private List<String> told() throws Exception {
    List<String> told = new ArrayList<>();
    for (byte[] body :
        hub.database()
            .sql(
                """
                select body from serai.event where type = 'usage.limit-reached' and subject = ?
                  and workspace = subject and source = 'serai' order by id
                """)
            .param(workspace)
            .query(byte[].class)
            .list()) {
      JsonNode data = new ObjectMapper().readTree(body);
      assertThat(data.path("workspace").asText()).isEqualTo(workspace);
      assertThat(data.path("period").asText()).isEqualTo(usage.month().toString());
      told.add(
          "%s %s: %s of %s, %s %%"
              .formatted(
                  data.path("measure").asText(),
                  data.path("threshold").asText(),
                  data.path("used").asText(),
                  data.path("limit").asText(),
                  data.path("percentage").asText()));
    }
    return told;
  }
}
