package dev.serai.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How is an amount rounded and written, and what is added to it? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(BillingHub.TURN)
class AmountsTest {

  private static final String JOB = "generate-invoice";

  /** Currencies that are no more and had no decimals. */
  private static final Set<String> WITHDRAWN =
      Set.of(
          "adp", "bef", "byb", "byr", "esp", "grd", "itl", "luf", "mgf", "pte", "rol", "tpe",
          "trl");

  private final BillingHub billing = BillingHub.emptied();

  @ParameterizedTest
  @CsvSource({
    "eur, 0.25, 1, 1000, 1234, 59, 0.59", // 58.5, half up
    "eur, 0.25, 1, 0, 1, 0, 0.00",
    "eur, 0.5, 1, 0, 1, 1, 0.01",
    "eur, 1, 3, 0, 1, 0, 0.00",
    "eur, 1.5, 3, 0, 1, 1, 0.01",
    "eur, 149.999999999, 300, 0, 1, 0, 0.00", // just below a half: no division may round before
    "eur, 1, 600000000000000000000000000000, 0, 299999999999999999999999999999, 0, 0.00",
    "jpy, 1200, 1000, 0, 1234567, 1481480, '1,481,480'",
    "kwd, 1.5, 10, 7, 100007, 15000, 15.000",
    "usd, 150, 1000000, 100000, 98765432101234, 14814814800, '148,148,148.00'",
  })
  void aLineIsRoundedHalfUpToTheMinorUnitOfTheCurrency(
      String currency,
      String amount,
      String per,
      String included,
      String used,
      long line,
      String shown) {
    billing.price("things", currency, amount, per, included);
    billing.used("acme", "2024-10-03", "things", used);

    billing.run(JOB, Map.of("period", "2024-10"));

    JsonNode invoice = billing.invoice("acme", "2024-10");
    assertThat(invoice.path("total").asLong()).isEqualTo(line);
    assertThat(invoice.path("currency").asText()).isEqualTo(currency);
    assertThat(billing.document("acme", "2024-10", "html"))
        .contains("<td>%s</td></tr>\n</tbody>".formatted(shown))
        .contains(currency.toUpperCase(Locale.ROOT));
  }

  @Test
  void currenciesHaveTheDecimalsThatTheyHave() {
    for (Currency currency : Currency.getAvailableCurrencies()) {
      String code = currency.getCurrencyCode().toLowerCase(Locale.ROOT);
      int decimals =
          billing
              .hub()
              .database()
              .sql("select billing.decimals_1(?)")
              .param(code)
              .query(Integer.class)
              .single();
      if (!WITHDRAWN.contains(code) && currency.getDefaultFractionDigits() >= 0) {
        assertThat(decimals).as(code).isEqualTo(currency.getDefaultFractionDigits());
      }
    }
  }

  @Test
  void taxIsAddedToTheSumOfTheLines() {
    billing.price("things", "eur", "3", "1", "0");
    billing.price("other", "eur", "0.4", "1", "0");
    billing.execute("insert into billing.tax values ('*', '2024-01', '2024-06', 'VAT', 16)");
    billing.execute("insert into billing.tax values ('*', '2024-07', null, 'VAT', 19)");
    billing.execute(
        "insert into billing.tax values ('free', '2024-07', null, 'Reverse charge', 0)");
    for (String workspace : List.of("acme", "free")) {
      billing.used(workspace, "2024-10-31", "things", "50");
      billing.used(workspace, "2024-10-01", "other", "1");
    }

    billing.run(JOB, Map.of("period", "2024-10"));

    JsonNode acme = billing.invoice("acme", "2024-10");
    assertThat(acme.path("subtotal").asLong()).isEqualTo(150);
    assertThat(acme.path("tax").toString())
        .isEqualTo("{\"name\":\"VAT\",\"rate\":\"19\",\"amount\":29}"); // 28.5
    assertThat(acme.path("total").asLong()).isEqualTo(179);
    assertThat(billing.invoice("free", "2024-10").path("total").asLong()).isEqualTo(150);
  }
}
