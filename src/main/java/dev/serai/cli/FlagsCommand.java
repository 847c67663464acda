package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "flags",
    mixinStandardHelpOptions = true,
    description = "Lists, sets and deletes feature flags.")
final class FlagsCommand extends CommandGroup {

  @Command(name = "list", description = "Lists flags.", mixinStandardHelpOptions = true)
  void list(@Mixin ApiClient api, @Mixin Output output) throws IOException, InterruptedException {
    JsonNode answer = api.get("/api/v1/flags", Map.of());
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("NAME", Output.text("name"));
    columns.put("ENABLED", Output.text("enabled"));
    columns.put("PERCENT", Output.text("percentage"));
    columns.put("USERS", row -> Integer.toString(row.path("users").size()));
    columns.put("WORKSPACES", row -> Integer.toString(row.path("workspaces").size()));
    columns.put("CHANGED", Output.text("changed_at"));
    columns.put("BY", Output.text("changed_by"));
    output.table(answer, answer.path("flags"), columns);
  }

  @Command(name = "show", description = "Shows a flag.", mixinStandardHelpOptions = true)
  void show(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The flag.") String name)
      throws IOException, InterruptedException {
    output.show(api.get(path(name), Map.of()));
  }

  @Command(
      name = "set",
      description = {
        "Makes a flag, or replaces one whole: what is not given has its default.",
        "Hubs know it within a second."
      },
      mixinStandardHelpOptions = true)
  void set(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(
              paramLabel = "NAME",
              description = "Lower-case letters, digits, dots, dashes and underscores.")
          String name,
      @Option(
              names = "--percentage",
              description = "Of users, 0 to 100; who is in stays in when it grows. Default: 0.")
          @Nullable BigDecimal percentage,
      @Option(names = "--off", description = "Off for everybody, whatever else is set.")
          boolean off,
      @Option(names = "--description", description = "What it is for.")
          @Nullable String description,
      @Option(
              names = "--user",
              paramLabel = "ID=true|false",
              description = "On or off for a user, whatever the percentage is; may be repeated.")
          @Nullable Map<String, Boolean> users,
      @Option(
              names = "--workspace",
              paramLabel = "ID=true|false",
              description = "The same for a workspace.")
          @Nullable Map<String, Boolean> workspaces)
      throws IOException, InterruptedException {
    ObjectNode body = ApiClient.JSON.createObjectNode();
    body.put("enabled", !off);
    if (percentage != null) {
      body.put("percentage", percentage);
    }
    if (description != null) {
      body.put("description", description);
    }
    if (users != null) {
      body.set("users", ApiClient.JSON.valueToTree(users));
    }
    if (workspaces != null) {
      body.set("workspaces", ApiClient.JSON.valueToTree(workspaces));
    }
    output.show(api.put(path(name), ApiClient.JSON.writeValueAsBytes(body)));
  }

  @Command(
      name = "delete",
      description = "Takes a flag away; it is off then.",
      mixinStandardHelpOptions = true)
  void delete(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The flag.") String name)
      throws IOException, InterruptedException {
    output.show(api.delete(path(name)));
  }

  private static String path(String name) {
    return "/api/v1/flags/" + ApiClient.encode(name);
  }
}
