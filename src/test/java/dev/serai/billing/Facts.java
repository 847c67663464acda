package dev.serai.billing;

import dev.serai.usage.Usage;
import dev.serai.usage.UsageRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What some workspaces have used, made by chance, and what that has to cost. */
final class Facts {

  static final YearMonth OCTOBER = YearMonth.of(2024, 10);
  static final YearMonth NOVEMBER = YearMonth.of(2024, 11);

  /** What is priced of what is used. */
  static final Map<String, Tariff> PRICES =
      Map.of(
          "tokens", new Tariff("149.95", "1000000", "10000000"),
          "cost", new Tariff("120.5", "1", "0"),
          "agent_executions", new Tariff("0.25", "1", "50"));

  private static final BigDecimal TAX = new BigDecimal("19.5");

  /** By workspace, month and metric. */
  private final Map<String, Map<String, Map<String, BigDecimal>>> sums = new TreeMap<>();

  private final List<UsageRecord> records = new ArrayList<>();
  private final List<Used> used = new ArrayList<>();
  private final Random random;

  private record Used(String workspace, OffsetDateTime at, String metric, int quantity) {}

  Facts(long seed) {
    this.random = new Random(seed);
  }

  /** Two months of 30 workspaces, and prices in euros with tax. */
  static Facts realistic(BillingHub billing, long seed) throws Exception {
    PRICES.forEach(
        (metric, price) ->
            billing.price(metric, "eur", price.amount(), price.per(), price.included()));
    billing.execute(
        "insert into billing.tax values ('*', '2024-01', null, 'VAT', ?::numeric)", TAX.toString());
    return new Facts(seed).add(billing, 4_000, 30, OCTOBER, NOVEMBER);
  }

  /** Some more, each of a workspace of so many and of a month, and told to the hub. */
  Facts add(BillingHub billing, int facts, int workspaces, YearMonth... months) throws Exception {
    records.clear();
    used.clear();
    for (int i = 0; i < facts; i++) {
      String workspace = name(random.nextInt(workspaces));
      YearMonth month = months[random.nextInt(months.length)];
      LocalDate day = month.atDay(1 + random.nextInt(month.lengthOfMonth()));
      if (random.nextBoolean()) {
        record(workspace, day);
      } else {
        use(workspace, day);
      }
    }
    for (int i = 0; i < records.size(); i += 1_000) {
      billing
          .hub()
          .bean(Usage.class)
          .count(records.subList(i, Math.min(records.size(), i + 1_000)));
    }
    tell(billing.hub().database());
    return this;
  }

  static String name(int number) {
    return String.format(Locale.ROOT, "ws-%02d", number);
  }

  private void record(String workspace, LocalDate day) {
    long tokens = random.nextInt(5_000_000);
    BigDecimal cost = BigDecimal.valueOf(random.nextInt(1_000_000_000), 9);
    records.add(new UsageRecord(workspace, null, "agent-" + random.nextInt(3), day, tokens, cost));
    sum(workspace, day, "tokens", BigDecimal.valueOf(tokens));
    sum(workspace, day, "cost", cost);
  }

  private void use(String workspace, LocalDate day) {
    String metric = random.nextBoolean() ? "agent_executions" : "content_items";
    int quantity = 1 + random.nextInt(9);
    used.add(
        new Used(
            workspace,
            day.atTime(random.nextInt(24), random.nextInt(60)).atOffset(ZoneOffset.UTC),
            metric,
            quantity));
    sum(workspace, day, metric, BigDecimal.valueOf(quantity));
  }

  private void sum(String workspace, LocalDate day, String metric, BigDecimal quantity) {
    sums.computeIfAbsent(workspace, name -> new TreeMap<>())
        .computeIfAbsent(YearMonth.from(day).toString(), month -> new TreeMap<>())
        .merge(metric, quantity, BigDecimal::add);
  }

  private void tell(JdbcClient database) {
    database
        .sql(
            """
            select count(analytics.use_1(w, t, jsonb_build_object(m, q))::text)
            from unnest(:w::text[], :t::timestamptz[], :m::text[], :q::int[]) as f (w, t, m, q)
            """)
        .param("w", used.stream().map(Used::workspace).toArray(String[]::new))
        .param("t", used.stream().map(it -> it.at().toString()).toArray(String[]::new))
        .param("m", used.stream().map(Used::metric).toArray(String[]::new))
        .param("q", used.stream().map(Used::quantity).toArray(Integer[]::new))
        .query(Long.class)
        .single();
  }

  Map<String, Map<String, Map<String, BigDecimal>>> sums() {
    return sums;
  }

  /** How many workspaces have used something in a month. */
  long workspaces(String period) {
    return sums.values().stream().filter(months -> months.containsKey(period)).count();
  }

  /** What each invoice has to come to, with tax: {@code ws-01 2024-10 1234}. */
  List<String> totals() {
    List<String> totals = new ArrayList<>();
    sums.forEach(
        (workspace, months) ->
            months.forEach(
                (month, metrics) -> {
                  BigDecimal net = BigDecimal.ZERO;
                  for (Map.Entry<String, Tariff> price : PRICES.entrySet()) {
                    BigDecimal quantity = metrics.getOrDefault(price.getKey(), BigDecimal.ZERO);
                    net = net.add(price.getValue().amount(quantity));
                  }
                  BigDecimal tax =
                      net.multiply(TAX).divide(new BigDecimal(100), 0, RoundingMode.HALF_UP);
                  totals.add("%s %s %s".formatted(workspace, month, net.add(tax)));
                }));
    return totals;
  }

  /** What so many units of something cost, beyond those included. */
  record Tariff(String amount, String per, String included) {

    BigDecimal amount(BigDecimal quantity) {
      return quantity
          .subtract(new BigDecimal(included))
          .max(BigDecimal.ZERO)
          .multiply(new BigDecimal(amount))
          .divide(new BigDecimal(per), 0, RoundingMode.HALF_UP);
    }
  }
}
