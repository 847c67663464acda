package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.webhook.Templates;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "trigger",
    mixinStandardHelpOptions = true,
    description = "Lets a hub in development post itself a signed example event of a provider.")
final class TriggerCommand implements Callable<Integer> {

  @Mixin private ApiClient api;
  @Mixin private Output output;

  @Parameters(index = "0", paramLabel = "SOURCE", description = "The provider, e.g. stripe.")
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

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (type == null) {
      List<String> types = Templates.types(source);
      types.forEach(output.out()::println);
      if (types.isEmpty()) {
        throw new IllegalArgumentException("There are no examples of '%s'".formatted(source));
      }
      return 0;
    }
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("object", object);
    JsonNode answer =
        api.post(
            "/api/v1/trigger/%s/%s".formatted(ApiClient.encode(source), ApiClient.encode(type)),
            query,
            null);
    if (output.json) {
      output.show(answer);
    } else {
      output.out().printf("%s %s%n", answer.path("status").asText(), answer.path("id").asText());
    }
    return 0;
  }
}
