package dev.serai.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;

/** The numbers of invoices. */
final class Numbers {

  private Numbers() {}

  static List<String> of(List<JsonNode> invoices) {
    return invoices.stream().map(invoice -> invoice.path("number").asText()).toList();
  }

  /** Numbers rise one by one, and one event tells of each. */
  static void assertEachToldOnceAndNoneLeftOut(BillingHub billing) {
    List<String> numbers = of(billing.invoices());
    int first = Integer.parseInt(numbers.getFirst().substring(5));
    assertThat(numbers.stream().map(number -> Integer.valueOf(number.substring(5))).toList())
        .isEqualTo(IntStream.range(first, first + numbers.size()).boxed().toList());
    assertThat(billing.told()).isEqualTo(numbers);
  }

  /** An invoice as {@link Facts#totals} writes it. */
  static String total(JsonNode invoice) {
    return "%s %s %s"
        .formatted(
            invoice.path("workspace").asText(),
            invoice.path("period").asText(),
            invoice.path("total").asText());
  }
}
