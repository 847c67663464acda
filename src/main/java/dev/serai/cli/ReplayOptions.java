package dev.serai.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands that deliver many again have in common. */
final class ReplayOptions {

  @Option(names = "--source", description = "Only of this source.")
  @Nullable String source;

  @Option(
      names = "--type",
      description = "Only of these types, divided by commas; * is one segment, a last * the rest.")
  @Nullable String type;

  @Option(names = "--key", description = "Only with this dedupe key.")
  @Nullable String key;

  @Option(names = "--workspace", description = "Only of this workspace.")
  @Nullable String workspace;

  @Option(names = "--subject", description = "Only of this subject.")
  @Nullable String subject;

  @Option(names = "--cause", description = "Only deliveries with this cause, e.g. timeout.")
  @Nullable String cause;

  @Option(
      names = "--from",
      description = "Only from this time on (RFC 3339): of receipt, or of a dead letter's death.")
  @Nullable String from;

  @Option(names = "--to", description = "Only before this time (RFC 3339).")
  @Nullable String to;

  @Option(names = "--all", description = "Everything. Needed where there is no filter.")
  boolean all;

  @Option(names = "--rate", description = "Deliveries a second. Default: serai.replays.rate.")
  @Nullable Integer rate;

  @Option(names = "--dry-run", description = "Only count what would be delivered.")
  boolean dryRun;

  @Option(names = "--reason", description = "Why; kept in the record.")
  @Nullable String reason;

  @Option(names = "--watch", description = "Show how far it is until it ends.")
  boolean watch;

  /** The request as the API takes it. */
  ObjectNode request() {
    ObjectNode request = ApiClient.JSON.createObjectNode();
    put(request, "source", source);
    put(request, "type", type);
    put(request, "key", key);
    put(request, "workspace", workspace);
    put(request, "subject", subject);
    put(request, "cause", cause);
    put(request, "from", from);
    put(request, "to", to);
    put(request, "reason", reason);
    if (rate != null) {
      request.put("rate", rate);
    }
    if (all) {
      request.put("all", true);
    }
    if (dryRun) {
      request.put("dry_run", true);
    }
    return request;
  }

  static void put(ObjectNode request, String name, @Nullable String value) {
    if (value != null) {
      request.put(name, value);
    }
  }
}
