package dev.serai.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are listed or counted. */
final class DeadLetterFilter {

  @Option(names = "--subscription", description = "Only of this subscription.")
  @Nullable String subscription;

  @Option(names = "--cause", description = "Only with this cause, e.g. timeout.")
  @Nullable String cause;

  @Option(names = "--type", description = "Only of this type.")
  @Nullable String type;

  @Option(names = "--source", description = "Only of this source.")
  @Nullable String source;

  @Option(names = "--from", description = "Only those that died at or after this time (RFC 3339).")
  @Nullable String from;

  @Option(names = "--to", description = "Only those that died before this time (RFC 3339).")
  @Nullable String to;

  Map<String, @Nullable Object> query() {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("subscription", subscription);
    query.put("cause", cause);
    query.put("type", type);
    query.put("source", source);
    query.put("from", from);
    query.put("to", to);
    return query;
  }
}
