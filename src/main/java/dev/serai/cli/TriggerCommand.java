package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.webhook.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "trigger",
    mixinStandardHelpOptions = true,
    description = "Lets a hub in development post itself signed example events of a provider.")
final class TriggerCommand implements Callable<Integer> {

  @Mixin private ApiClient api;
  @Mixin private Output output;

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "The source, e.g. stripe, or what several begin with: supabase, phonepe.")
  private String source;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TYPE",
      description = "The provider's type, e.g. invoice.paid. The types are listed, if missing.")
  private @Nullable String type;

  @Option(
      names = "--object",
      description =
          "Makes the ids of what it happened to, so that several events are of one payment.")
  private @Nullable String object;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "1",
      description = "So many, each with ids of its own. Default: 1.")
  private int count;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "0",
      description = "So many a second; as quick as they are answered, if 0. Default: 0.")
  private int rate;

  @Override
  public Integer call() throws Exception {
    if (count < 1 || rate < 0) {
      throw new ParameterException(
          output.spec.commandLine(),
          "--count is %s and --rate %s; they must be 1 or more, and 0 or more"
              .formatted(count, rate));
    }
    if (type == null) {
      return listTypes();
    }
    String path =
        "/api/v1/trigger/%s/%s".formatted(ApiClient.encode(source), ApiClient.encode(type));
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("object", object);
    if (count == 1) {
      JsonNode answer = api.post(path, query, null);
      // A hook that asks is answered with a decision instead of a receipt.
      if (output.json || !answer.has("status")) {
        output.show(answer);
      } else {
        output.out().printf("%s %s%n", answer.path("status").asText(), answer.path("id").asText());
      }
      return 0;
    }
    TriggerRun run = new TriggerRun();
    run.run(
        count,
        rate,
        () -> api.post(path, query, null).path("status").asText("decided"),
        output.progress());
    if (output.json) {
      output.show(run.json());
    } else {
      output.out().println(run.summary());
    }
    return 0;
  }

  private int listTypes() {
    List<String> types = Templates.types(source);
    types.forEach(output.out()::println);
    if (types.isEmpty()) {
      throw new IllegalArgumentException("There are no examples of '%s'".formatted(source));
    }
    return 0;
  }
}
