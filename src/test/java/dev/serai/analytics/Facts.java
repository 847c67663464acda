package dev.serai.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Facts as they come: made by a seed, recorded by the functions that handlers call. */
record Facts(List<Fact> all) {

  /** The weeks 2026-W51 to 2027-W02. */
  static final LocalDate FIRST = LocalDate.parse("2026-12-14");

  private static final int DAYS = 35;

  /** More than a job takes in one step; one has no name. */
  private static final int WORKSPACES = 45;

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> AGENTS =
      List.of("writer", "researcher", "<b>planner</b>", "critic & co");
  private static final List<String> STATUSES =
      List.of("succeeded", "succeeded", "succeeded", "failed", "cancelled");
  private static final List<String> ERRORS = List.of("timeout", "rate limit", "<script>x</script>");
  private static final List<LocalTime> EDGES =
      List.of(LocalTime.MIDNIGHT, LocalTime.parse("23:59:59.999999"), LocalTime.NOON);

  static Facts generated(long seed) {
    Random random = new Random(seed);
    List<Fact> all = new ArrayList<>();
    for (int number = 0; number < WORKSPACES; number++) {
      String workspace = number == 0 ? "" : "w%s".formatted(number);
      for (int day = 0; day < DAYS; day++) {
        if (random.nextInt(4) > 0) {
          add(all, workspace, FIRST.plusDays(day), random);
        }
      }
    }
    return new Facts(List.copyOf(all));
  }

  private static void add(List<Fact> all, String workspace, LocalDate day, Random random) {
    for (int i = random.nextInt(6); i > 0; i--) {
      all.add(execution(workspace, at(day, random), random));
    }
    if (random.nextInt(3) == 0) {
      all.add(
          new Fact.Content(
              workspace,
              at(day, random),
              some(random, 900L),
              some(random, 3L * random.nextInt(9))));
    }
    if (random.nextInt(3) == 0) {
      all.add(
          new Fact.Recorded(
              workspace,
              day,
              random.nextBoolean() ? "" : "recorder",
              1L + random.nextInt(5),
              random.nextInt(5_000),
              BigDecimal.valueOf(random.nextInt(1_000_000), 9)));
    }
  }

  private static Fact.Execution execution(String workspace, Instant at, Random random) {
    String status = STATUSES.get(random.nextInt(STATUSES.size()));
    BigDecimal cost =
        some(random, BigDecimal.valueOf(random.nextInt(100_000), 1 + random.nextInt(6)));
    return new Fact.Execution(
        workspace,
        AGENTS.get(random.nextInt(AGENTS.size())),
        status,
        at,
        some(random, (long) random.nextInt(90_000)),
        some(random, (long) random.nextInt(4_000)),
        some(random, (long) random.nextInt(2)),
        cost,
        some(random, List.of("usd", "eur", "inr", "jpy").get(random.nextInt(4))),
        status.equals("failed") ? some(random, ERRORS.get(random.nextInt(3))) : null);
  }

  private static Instant at(LocalDate day, Random random) {
    return day.atTime(EDGES.get(random.nextInt(3))).toInstant(ZoneOffset.UTC);
  }

  /** Now and then it is missing. */
  private static <T> @Nullable T some(Random random, T value) {
    return random.nextInt(5) == 0 ? null : value;
  }

  void record(JdbcClient database) {
    record(database, all);
  }

  static void record(JdbcClient database, List<? extends Fact> facts) {
    List<Map<String, @Nullable Object>> executions = new ArrayList<>();
    List<Map<String, @Nullable Object>> contents = new ArrayList<>();
    for (Fact fact : facts) {
      switch (fact) {
        case Fact.Execution execution -> executions.add(row(execution));
        case Fact.Content content -> contents.add(row(content));
        case Fact.Recorded recorded -> save(database, recorded);
      }
    }
    call(database, "analytics.record_execution_2", executions);
    call(database, "analytics.record_content_1", contents);
  }

  private static void call(
      JdbcClient database, String function, List<Map<String, @Nullable Object>> rows) {
    try {
      database
          .sql(
              """
              select count(%s((f ->> 'event')::uuid, f ->> 'in', (f ->> 'occurred_at')::timestamptz, f))
              from jsonb_array_elements(?::jsonb) as f
              """
                  .formatted(function))
          .param(JSON.writeValueAsString(rows))
          .query(Long.class)
          .single();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, @Nullable Object> row(Fact.Execution execution) {
    Map<String, @Nullable Object> row = row(execution.workspace(), execution.at());
    row.put("agent", execution.agent());
    row.put("status", execution.status());
    row.put("duration_ms", execution.ms());
    row.put("tokens_in", execution.tokensIn());
    row.put("tokens_out", execution.tokensOut());
    row.put("cost", execution.cost());
    row.put("currency", execution.currency());
    row.put("error", execution.error());
    return row;
  }

  private static Map<String, @Nullable Object> row(Fact.Content content) {
    Map<String, @Nullable Object> row = row(content.workspace(), content.at());
    row.put("words", content.words());
    row.put("tokens", content.tokens());
    return row;
  }

  private static Map<String, @Nullable Object> row(String workspace, Instant at) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("event", UUID.randomUUID().toString());
    row.put("id", "x");
    row.put("in", workspace);
    row.put("occurred_at", at.toString());
    return row;
  }

  private static void save(JdbcClient database, Fact.Recorded recorded) {
    database
        .sql(
            "insert into serai.usage_day (workspace, day, agent, records, tokens, cost)"
                + " values (?, ?, ?, ?, ?, ?)")
        .params(
            recorded.workspace(),
            recorded.day(),
            recorded.agent(),
            recorded.records(),
            recorded.tokens(),
            recorded.cost())
        .update();
  }
}
