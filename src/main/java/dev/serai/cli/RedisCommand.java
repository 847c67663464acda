package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "redis",
    mixinStandardHelpOptions = true,
    description = {
      "Says how Redis is, and looks through the hub's keys;",
      "backs them up, restores them, and removes what is left over."
    })
final class RedisCommand extends CommandGroup {

  private static final String PATH = "/api/v1/redis";

  @Command(
      name = "info",
      description = "Says how Redis is: memory, keys, connections, latency, eviction.",
      mixinStandardHelpOptions = true)
  void info(@Mixin ApiClient api, @Mixin Output output) throws IOException, InterruptedException {
    JsonNode info = api.get("/api/v1/redis", Map.of());
    if (output.json) {
      output.show(info);
    } else {
      output.members(info);
    }
  }

  @Command(
      name = "keys",
      description = "Lists keys of the hub that have no expiry although they should.",
      mixinStandardHelpOptions = true)
  void keys(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Option(
              names = "--limit",
              defaultValue = "100",
              description = "Most keys to list, 1 to 1000. Default: 100.")
          int limit)
      throws IOException, InterruptedException {
    JsonNode report = api.get("/api/v1/redis/keys-without-ttl", Map.of("limit", limit));
    if (output.json) {
      output.show(report);
      return;
    }
    report.path("keys").forEach(key -> output.out().println(key.asText()));
    output
        .out()
        .printf(
            "%s of %s keys have no expiry and should have one; %s are meant to have none.%n",
            report.path("found").asText(),
            report.path("looked").asText(),
            report.path("lasting").asText());
  }

  @Command(
      name = "backup",
      description = {
        "Writes keys with their types and expiries into a file that only its owner may read,",
        "while others go on using them."
      },
      mixinStandardHelpOptions = true)
  void backup(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "FILE", description = "Written; it must not be there yet.")
          Path file,
      @Option(
              names = "--pattern",
              description = "Keys behind the hub's prefix, as SCAN takes it: 'cache:*', or '*'.")
          @Nullable String pattern,
      @Option(names = "--workspace", description = "The keys of this workspace instead.")
          @Nullable String workspace,
      @Option(
              names = "--at-once",
              description =
                  "All as they are at one moment, 10,000 at most; Redis does nothing else"
                      + " meanwhile.")
          boolean atOnce)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("pattern", pattern);
    query.put("workspace", workspace);
    query.put("at_once", atOnce ? true : null);
    long keys = new BackupDownload(api).write(PATH + "/backup", query, file);
    if (output.json) {
      output.show(ApiClient.JSON.createObjectNode().put("file", file.toString()).put("keys", keys));
    } else {
      output.out().println("%s keys in %s".formatted(keys, file));
    }
  }

  @Command(
      name = "restore",
      description = {
        "Brings the keys of a backup back, after all of it was looked at:",
        "of one that is damaged or cut off nothing is written."
      },
      mixinStandardHelpOptions = true)
  void restore(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "FILE", description = "The backup.") Path file,
      @Option(
              names = "--mode",
              defaultValue = "refuse",
              description =
                  "Of keys that are there: refuse (nothing is written), replace, or skip. Default:"
                      + " refuse.")
          String mode,
      @Option(names = "--from", description = "Only keys that begin with this...")
          @Nullable String from,
      @Option(names = "--to", description = "...which begin with this afterwards.")
          @Nullable String to,
      @Option(names = "--from-workspace", description = "Only keys of this workspace...")
          @Nullable String fromWorkspace,
      @Option(names = "--to-workspace", description = "...which belong to this one afterwards.")
          @Nullable String toWorkspace,
      @Option(
              names = "--renew",
              description = "Keys live as long from now on as they had left at the backup.")
          boolean renew,
      @Option(names = "--dry-run", description = "Only look.") boolean dryRun)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("mode", mode);
    query.put("from", from);
    query.put("to", to);
    query.put("from_workspace", fromWorkspace);
    query.put("to_workspace", toWorkspace);
    query.put("renew", renew ? true : null);
    query.put("dry_run", dryRun ? true : null);
    output.show(new Transfer(api).upload(PATH + "/restore", query, file));
  }

  @Command(
      name = "clean",
      description = "Removes keys that nobody will come back for.",
      mixinStandardHelpOptions = true)
  void clean(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Option(names = "--limit", description = "End once so many were removed. Default: 10000.")
          @Nullable Integer limit,
      @Option(names = "--dry-run", description = "Only look.") boolean dryRun)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("limit", limit);
    query.put("dry_run", dryRun ? true : null);
    JsonNode answer = api.post(PATH + "/clean", query, null);
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("RULE", Output.text("rule"));
    columns.put(dryRun ? "WOULD REMOVE" : "REMOVED", Output.text("removed"));
    columns.put("MEANING", Output.text("meaning"));
    output.table(answer, answer.path("rules"), columns);
  }
}
