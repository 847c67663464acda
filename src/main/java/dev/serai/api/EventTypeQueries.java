package dev.serai.api;

import dev.serai.catalogue.Catalogue;
import dev.serai.catalogue.CatalogueCheck;
import dev.serai.catalogue.EventSchema;
import dev.serai.event.Times;
import dev.serai.event.TypePattern;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the catalogue, the subscriptions and the log know of types. */
@Component
class EventTypeQueries {

  private static final String WANTED =
      "select name, types from serai.subscription where state <> 'retired' order by name";

  private static final String LAST_SEEN =
      """
      select t.type, (select e.received_at from serai.event e where e.type = t.type
        order by e.id desc limit 1) as at
      from unnest(:types) as t (type)
      """;

  private final Catalogue catalogue;
  private final CatalogueCheck check;
  private final JdbcClient jdbc;

  EventTypeQueries(
      Catalogue catalogue, CatalogueCheck check, @Qualifier("readDataSource") DataSource reads) {
    this.catalogue = catalogue;
    this.check = check;
    this.jdbc = JdbcClient.create(reads);
  }

  /** All that there are, by name. */
  List<EventTypeView> list() {
    List<Wanted> wanted = wanted();
    Set<String> types = new TreeSet<>(catalogue.types().keySet());
    types.addAll(check.unknownTypes());
    wanted.stream()
        .flatMap(one -> one.types.stream())
        .filter(type -> !type.contains("*"))
        .forEach(types::add);
    return views(types, wanted);
  }

  EventTypeView find(String type) {
    return views(Set.of(type), wanted()).getFirst();
  }

  private List<Wanted> wanted() {
    return jdbc.sql(WANTED)
        .query(
            (row, number) -> {
              List<String> types = List.of((String[]) row.getArray("types").getArray());
              return new Wanted(row.getString("name"), types, new TypePattern(types));
            })
        .list();
  }

  private List<EventTypeView> views(Collection<String> types, List<Wanted> wanted) {
    Map<String, @Nullable Instant> seen = new HashMap<>();
    jdbc.sql(LAST_SEEN)
        .param("types", types.toArray(String[]::new))
        .query(
            row -> {
              seen.put(row.getString("type"), Times.instantOrNull(row, "at"));
            });
    return types.stream().map(type -> view(type, wanted, seen.get(type))).toList();
  }

  private EventTypeView view(String type, List<Wanted> wanted, @Nullable Instant seen) {
    List<String> subscriptions =
        wanted.stream().filter(one -> one.pattern.test(type)).map(Wanted::name).toList();
    NavigableMap<Integer, EventSchema> versions = catalogue.types().get(type);
    if (versions == null) {
      return new EventTypeView(type, null, null, List.of(), null, null, subscriptions, seen);
    }
    EventSchema newest = versions.lastEntry().getValue();
    return new EventTypeView(
        type,
        newest.title(),
        newest.description(),
        List.copyOf(versions.keySet()),
        check.mode(type).word(),
        check.outsideMode(type).word(),
        subscriptions,
        seen);
  }

  private record Wanted(String name, List<String> types, TypePattern pattern) {}
}
