package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import org.junit.jupiter.api.Test;

/** What do the commands say that post events of their own? */
class MeasuringTest {

  private final Cli cli = new Cli(TestHub.shared());

  @Test
  void aWarmUpEndsWhenTheLatencyHasSettledOrItsTimeIsOver() throws Exception {
    assertThat(cli.ask("warm-up", "--round=200ms", "--at-most=10s", "--tolerance=90"))
        .as(() -> cli.out() + cli.err())
        .isZero();
    assertThat(cli.out()).contains("P95 MS").contains("Settled");
    assertThat(cli.ask("warm-up", "--round=200ms", "--at-most=1ms", "--json")).isEqualTo(1);
    assertThat(cli.json().at("/rounds/0/requests").asInt()).isPositive();
    assertThat(cli.ask("warm-up", "--round=31s")).isEqualTo(1);
    assertThat(cli.err()).contains("'duration'");
  }

  @Test
  void aBenchmarkMeasuresAcknowledgementAndHandling() throws Exception {
    assertThat(
            cli.ask(
                "benchmark",
                "--warm-up=0s",
                "--duration=500ms",
                "--connections=2",
                "--rate=20",
                "--wait=10s", // other tests may leave a backlog of their own
                "--json",
                "--secret=" + TestHub.STRIPE_SECRET))
        .as(cli.err())
        .isZero();
    assertThat(cli.json().at("/parts/0/acknowledged_per_second").asDouble()).isPositive();
    assertThat(cli.json().at("/parts/1/acknowledged").asInt()).isBetween(9, 11);
    assertThat(cli.json().at("/parts/1/not_handled").asInt()).isZero();
  }

  @Test
  void anExampleIsTriggeredOrTheTypesAreListed() throws Exception {
    assertThat(cli.ask("trigger", "stripe", "payment_intent.succeeded", "--object", "cli"))
        .isZero();
    assertThat(cli.out()).startsWith("accepted ");
    assertThat(cli.ask("trigger", "stripe")).isZero();
    assertThat(cli.out()).contains("invoice.paid");
    assertThat(cli.ask("trigger", "stripe", "invoice.paid", "--count=20", "--rate=100")).isZero();
    assertThat(cli.out()).startsWith("accepted 20 in ").contains("p95");
    assertThat(cli.ask("trigger", "stripe", "invoice.paid", "--count=3", "--json")).isZero();
    assertThat(cli.json().path("accepted").asInt()).isEqualTo(3);
    assertThat(cli.ask("trigger", "stripe", "invoice.paid", "--count=0")).isEqualTo(2);
    assertThat(cli.ask("trigger", "stripe", "nonsense")).isEqualTo(1);
    assertThat(cli.err()).contains("There is no example of 'nonsense'");
  }

  @Test
  void aSmallLoadTestIsAcknowledgedWhole() throws Exception {
    assertThat(
            cli.ask(
                "load-test",
                "--duration=1s",
                "--connections=2",
                "--rate=50",
                "--wait=0s",
                "--secret=" + TestHub.STRIPE_SECRET))
        .as(cli.err())
        .isZero();
    assertThat(cli.out()).containsPattern("acknowledged [1-9]\\d* in PT1S").contains("p99");
    assertThat(
            cli.ask("load-test", "--duration=200ms", "--rate=20", "--wait=0s", "--secret=whsec_no"))
        .isEqualTo(1);
    assertThat(cli.out()).contains("refused with 401");
  }
}
