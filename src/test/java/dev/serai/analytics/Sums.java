package dev.serai.analytics;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What days come to, added up fact by fact. */
final class Sums {

  private static final Sum NOTHING = new Sum(BigDecimal.ZERO, 0);

  private final Map<Place, Sum> sums = new HashMap<>();
  private final Map<Place, Set<String>> agents = new HashMap<>();

  /** A metric of a workspace on a day. */
  record Place(String workspace, LocalDate day, String metric) {
    Place before(int days) {
      return new Place(workspace, day.minusDays(days), metric);
    }
  }

  /** A quantity, and how many facts have added to it. */
  record Sum(BigDecimal quantity, long events) {}

  static Sums of(Collection<? extends Fact> facts) {
    Sums sums = new Sums();
    facts.forEach(sums::add);
    return sums;
  }

  private void add(Fact fact) {
    switch (fact) {
      case Fact.Execution e -> {
        add(e, "agent_executions", 1);
        add(e, "agent_failures", e.status().equals("failed") ? 1 : 0);
        add(e, "agent_ms", e.ms() == null ? 0 : e.ms());
        add(e, "agent_tokens", e.tokens());
        add(e, "executions_" + e.status(), 1);
        active(e, e.agent(), 1);
      }
      case Fact.Content c -> {
        add(c, "content_items", 1);
        add(c, "content_words", c.words() == null ? 0 : c.words());
        add(c, "content_tokens", c.tokens() == null ? 0 : c.tokens());
      }
      case Fact.Recorded r -> {
        add(r, "recorded_tokens", BigDecimal.valueOf(r.tokens()), r.records());
        add(r, "recorded_cost", r.cost(), r.records());
        active(r, r.agent(), r.records());
      }
    }
  }

  private void active(Fact fact, String agent, long events) {
    Place place = new Place(fact.workspace(), fact.day(), "active_agents");
    if (!agent.isEmpty()) {
      boolean isNew = agents.computeIfAbsent(place, p -> new HashSet<>()).add(agent);
      add(fact, "active_agents", BigDecimal.valueOf(isNew ? 1 : 0), events);
    }
  }

  private void add(Fact fact, String metric, long quantity) {
    if (quantity != 0) {
      add(fact, metric, BigDecimal.valueOf(quantity), 1);
    }
  }

  private void add(Fact fact, String metric, BigDecimal quantity, long events) {
    sums.merge(
        new Place(fact.workspace(), fact.day(), metric),
        new Sum(quantity, events),
        (a, b) -> new Sum(a.quantity().add(b.quantity()), a.events() + b.events()));
  }

  Sum at(Place place) {
    return sums.getOrDefault(place, NOTHING);
  }

  /** What the table is to say of these days, a text for each row. */
  Map<Place, String> rows(LocalDate first, LocalDate last) {
    Map<Place, String> rows = new HashMap<>();
    for (Place known : sums.keySet()) {
      for (int days : new int[] {0, 1, 7}) {
        Place place = known.before(-days);
        if (!place.day().isBefore(first) && !place.day().isAfter(last)) {
          rows.put(place, row(place));
        }
      }
    }
    return rows;
  }

  private String row(Place place) {
    Sum sum = at(place);
    BigDecimal day = at(place.before(1)).quantity();
    BigDecimal week = at(place.before(7)).quantity();
    Map<String, Object> row = new TreeMap<>();
    row.put("quantity", plain(sum.quantity()));
    row.put("events", sum.events());
    row.put("day", plain(day) + " " + change(sum.quantity(), day));
    row.put("week", plain(week) + " " + change(sum.quantity(), week));
    return row.toString();
  }

  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** In per cent. */
  static String change(BigDecimal now, BigDecimal before) {
    if (before.signum() == 0) {
      return "new";
    }
    return plain(
        now.subtract(before)
            .multiply(BigDecimal.valueOf(100))
            .divide(before, 2, java.math.RoundingMode.HALF_UP));
  }
}
