package dev.serai.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filter as SQL, for one subscription or for all.
 *
 * @param where conditions on {@code serai.event e}, without its range of ids
 * @param deliveries conditions on {@code serai.delivery d}; empty where none are asked for
 * @param parameters the values of both
 */
record ReplayQuery(String where, String deliveries, Map<String, Object> parameters) {

  static ReplayQuery of(ReplayFilter filter, @Nullable Subscription only) {
    Map<String, Object> parameters = new LinkedHashMap<>(filter.parameters());
    List<String> events = new ArrayList<>(filter.ofEvents());
    List<String> deliveries = new ArrayList<>(filter.ofDeliveries());
    if (only != null && deliveries.isEmpty()) {
      events.add(ReplayFilter.types(only.types(), parameters));
      if (!only.sources().isEmpty()) {
        events.add("e.source = any(:sources)");
        parameters.put("sources", only.sources().toArray(String[]::new));
      }
    } else if (only != null) {
      deliveries.add("d.subscription_id = :only");
      parameters.put("only", only.id());
    }
    if (!deliveries.isEmpty()) {
      deliveries.add(
          """
          exists (select from serai.subscription s
            where s.id = d.subscription_id and s.state <> 'retired')
          """);
      events.add(
          "exists (select from serai.delivery d where d.event_id = e.id and %s)"
              .formatted(String.join(" and ", deliveries)));
    }
    return new ReplayQuery(
        String.join(" and ", events), String.join(" and ", deliveries), parameters);
  }

  boolean isOfDeliveries() {
    return !deliveries.isEmpty();
  }
}
