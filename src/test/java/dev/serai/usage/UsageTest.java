package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Is everything counted, and once? */
class UsageTest {

  private static final BigDecimal MICRO = new BigDecimal("0.000001");

  private final TestHub hub = TestHub.shared();
  private final Usage usage = hub.bean(Usage.class);
  private final String workspace = "w-" + UUID.randomUUID();
  private final LocalDate today = usage.day(null);

  @Test
  void writersThatSendTheSameAtOnceAreCountedOnce() throws Exception {
    int writers = 8;
    int records = 500;
    int counted = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        answers.add(threads.submit(() -> send(records)));
      }
      for (Future<Integer> answer : answers) {
        counted += answer.get();
      }
    }
    assertThat(counted).isEqualTo(records);
    assertTotal(records, 3L * records, MICRO.multiply(BigDecimal.valueOf(records)));
  }

  /** In groups that overlap those of others. */
  private int send(int records) throws InterruptedException {
    int counted = 0;
    for (int i = 0; i < records; i += 20) {
      List<UsageRecord> group =
          IntStream.range(i, i + 20).mapToObj(n -> one("key-" + n, "agent-" + n % 3)).toList();
      counted += (int) usage.count(group).stream().filter(one -> one).count();
    }
    return counted;
  }

  private UsageRecord one(String key, String agent) {
    return new UsageRecord(workspace, key, agent, today, 3, MICRO);
  }

  private void assertTotal(long records, long tokens, BigDecimal cost) {
    UsageTotal total = usage.total(workspace, usage.month());
    assertThat(total.records()).isEqualTo(records);
    assertThat(total.tokens()).isEqualTo(tokens);
    assertThat(total.cost()).isEqualByComparingTo(cost);
    UsageReport report = usage.report(workspace, usage.month());
    assertThat(report.total().records()).isEqualTo(records);
    assertThat(report.agents().stream().mapToLong(UsageReport.Row::records).sum())
        .isEqualTo(records);
    assertThat(report.days().stream().mapToLong(UsageReport.Row::records).sum()).isEqualTo(records);
  }

  @Test
  void aKeyIsOfItsWorkspaceAndARecordWithoutOneCountsEachTime() throws Exception {
    UsageRecord keyed = one("k", "");
    UsageRecord keyless = new UsageRecord(workspace, null, "", today, 1, BigDecimal.ZERO);
    UsageRecord others = new UsageRecord(workspace + "-2", "k", "", today, 1, BigDecimal.ZERO);
    assertThat(usage.count(List.of(keyed, keyed, keyless, keyless, others)))
        .containsExactly(true, false, true, true, true);
    assertThat(usage.count(List.of(others, keyed))).containsExactly(false, false);
    assertTotal(3, 5, MICRO);
  }

  @Test
  void agentsAreNotTakenForOthers() throws Exception {
    usage.count(
        List.of(
            new UsageRecord(workspace, null, "b, 2026-01-01", today, 1, BigDecimal.ZERO),
            new UsageRecord(workspace, null, "b", today.minusDays(400), 2, BigDecimal.ZERO),
            new UsageRecord(workspace + ", b", null, "", today, 4, BigDecimal.ZERO)));
    assertTotal(1, 1, BigDecimal.ZERO);
  }

  @Test
  void oneThatWouldBeTooMuchFailsAloneAndCountsNothing() throws Exception {
    hub.database()
        .sql("insert into serai.usage_month values (?, ?, 1, ?, 0)")
        .params(workspace, usage.month().toString(), Long.MAX_VALUE - 5)
        .update();
    String other = workspace + "-2";
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> tooMuch = threads.submit(() -> usage.count(List.of(one("a", ""), one("b", ""))));
      Future<?> fine = threads.submit(() -> usage.record(other, 7, "1.5", null, "k"));
      fine.get();
      assertThatThrownBy(tooMuch::get).hasMessageContaining("out of range");
    }
    assertThat(usage.count(List.of(one("a", "")))).containsExactly(true);
    assertThat(usage.total(other, usage.month()).tokens()).isEqualTo(7);
  }

  @Test
  void whatRedisSaysIsWhatWasCommittedAndWithoutItPostgreSqlIsAsked() throws Exception {
    usage.record(workspace, 5, null, null, "a");
    var redis = hub.bean(Redis.class).require().sync();
    String key = hub.bean(Keys.class).usage(workspace, usage.month().toString());
    await().until(() -> redis.exists(key) == 1);
    assertThat(redis.hget(key, "tokens")).isEqualTo("5");
    usage.record(workspace, 6, "0.25", null, "b");
    await().until(() -> "11".equals(redis.hget(key, "tokens")));
    assertThat(redis.pttl(key)).isBetween(1L, 60_000L);
    assertThat(usage.current(workspace).tokens()).isEqualTo(11);

    redis.del(key);
    assertThat(usage.current(workspace).cost()).isEqualByComparingTo("0.25");
    await().until(() -> "11".equals(redis.hget(key, "tokens")));

    // An older answer that comes later changes nothing.
    hub.bean(HotUsage.class)
        .keep(
            List.of(
                new UsageTotal(
                    workspace, usage.month().toString(), 1, 5, BigDecimal.ZERO, UsageLimit.NONE)));
    usage.record(workspace + "-2", 1, null, null, "after");
    await().until(() -> usage.current(workspace + "-2").tokens() == 1);
    assertThat(redis.hget(key, "tokens")).isEqualTo("11");
  }

  @Test
  void keysAreForgottenWhenTheyAreOld() throws Exception {
    usage.count(List.of(one("old", ""), one("new", "")));
    hub.database()
        .sql(
            "update serai.usage_key set at = at - interval '36 days' where key = 'old' and"
                + " workspace = ?")
        .param(workspace)
        .update();
    usage.forgetKeys();
    assertThat(usage.count(List.of(one("old", ""), one("new", "")))).containsExactly(true, false);
  }
}
