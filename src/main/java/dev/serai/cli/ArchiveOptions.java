package dev.serai.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events of the archive a command is about. */
final class ArchiveOptions {

  @Option(names = "--source", description = "Only of this source.")
  @Nullable String source;

  @Option(
      names = "--from",
      description = "Only what was received at this time (RFC 3339) or later.")
  @Nullable String from;

  @Option(names = "--to", description = "Only what was received before this time.")
  @Nullable String to;

  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    put(parameters, "source", source);
    put(parameters, "from", from);
    put(parameters, "to", to);
    return parameters;
  }

  static void put(Map<String, Object> parameters, String name, @Nullable String value) {
    if (value != null) {
      parameters.put(name, value);
    }
  }
}
