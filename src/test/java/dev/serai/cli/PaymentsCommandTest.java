package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.PaymentNews;
import dev.serai.TestHub;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What do the commands about payments print? */
class PaymentsCommandTest {

  private final TestHub hub = TestHub.shared();
  private final Cli cli = new Cli(hub);
  private final PaymentNews news = new PaymentNews(hub);

  @Test
  void aPaymentIsListedAndShown() {
    UUID event =
        news.stripe(
            "payment_intent.succeeded",
            1,
            "{'id':'pi$','amount':1000,'currency':'eur','customer':'cus$'}");

    assertThat(cli.ask("payments", "list", "--customer", news.id("cus"))).isZero();
    assertThat(cli.out())
        .containsPattern("stripe +%s +succeeded +1000 +0 +eur".formatted(news.id("pi")));
    assertThat(cli.ask("payments", "show", news.id("pi"))).isZero();
    assertThat(cli.out()).containsPattern("state +succeeded").contains("REFUSED", event.toString());
    assertThat(cli.ask("payments", "show", news.id("pi"), "--provider", "phonepe")).isEqualTo(1);
    assertThat(cli.err()).contains("There is no payment of provider 'phonepe' '" + news.id("pi"));
  }
}
