package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "payments",
    mixinStandardHelpOptions = true,
    description = "Lists payments of all providers, and shows why each is what it is.")
final class PaymentsCommand extends CommandGroup {

  private static final String PATH = "/api/v1/payments";

  @Command(
      name = "list",
      description = "Lists payments, the last known first. Amounts are in minor units.",
      mixinStandardHelpOptions = true)
  void list(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Option(names = "--provider", description = "Only of this provider.")
          @Nullable String provider,
      @Option(names = "--state", description = "Only in this state: created, succeeded, ...")
          @Nullable String state,
      @Option(names = "--customer", description = "Only of this customer.")
          @Nullable String customer,
      @Option(names = "--workspace", description = "Only of this workspace.")
          @Nullable String workspace,
      @Mixin Paging paging)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("provider", provider);
    query.put("state", state);
    query.put("customer", customer);
    query.put("workspace", workspace);
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("PROVIDER", Output.text("provider"));
    columns.put("ID", Output.text("id"));
    columns.put("STATE", Output.text("state"));
    columns.put("AMOUNT", Output.text("amount"));
    columns.put("REFUNDED", Output.text("amount_refunded"));
    columns.put("CURRENCY", Output.text("currency"));
    columns.put("CUSTOMER", Output.text("customer"));
    columns.put("UPDATED", Output.text("updated_at"));
    paging.print(api, output, PATH, "payments", query, columns);
  }

  @Command(
      name = "show",
      description =
          "Shows a payment: its refunds, what changed, what was refused, and by what event.",
      mixinStandardHelpOptions = true)
  void show(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "The provider's id of it.") String id,
      @Option(
              names = "--provider",
              description = "Whose id that is; needed if two providers have the same.")
          @Nullable String provider)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("provider", provider);
    JsonNode answer = api.get(PATH + "/" + ApiClient.encode(id), query);
    if (output.json) {
      output.show(answer);
      return;
    }
    output.members(answer.path("payment"));
    output.out().println();
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("AT", Output.text("at"));
    columns.put("WHAT", Output.text("id"));
    columns.put("FROM", Output.text("from"));
    columns.put("TO", Output.text("to"));
    columns.put("REFUSED", Output.text("refused"));
    columns.put("EVENT", Output.text("event_id"));
    new Table(output.out(), columns).print(answer.path("history"));
  }
}
