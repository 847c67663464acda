package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.cloud.tasks.GoogleCloudTasksConstants;
import dev.serai.cloud.tasks.TaskSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who holds a task until it is due: Cloud Tasks, or the log? */
class GoogleTaskCreateTest {

  private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");

  private static GoogleTaskCreate task() {
    GoogleTaskCreate task =
        new GoogleTaskCreate(
            Clock.fixed(NOW, ZoneOffset.UTC),
            new TaskSettings("", "", "", "", Duration.ofDays(29)));
    task.setUrl("https://partner.example");
    return task;
  }

  @ParameterizedTest
  @CsvSource(
      emptyValue = "",
      value = {
        "'', ''",
        "29d, ''",
        "696h, ''",
        "697h, 2026-11-20T19:00:00Z",
        "30d, 2026-11-21T18:00:00Z",
        "400d, 2027-11-26T18:00:00Z",
      })
  void whatIsMoreThan29DaysAheadIsHeldUntilThen(String delay, String held) throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      Exchange exchange = new DefaultExchange(camel);
      exchange.getMessage().setBody("{}");
      GoogleTaskCreate task = task();
      task.setDelay(delay);
      task.prepare(exchange);
      assertThat(exchange.getMessage().getHeader("taskAt", "", String.class)).isEqualTo(held);
      assertThat(exchange.getMessage().getHeaders().containsKey(GoogleCloudTasksConstants.URL))
          .isEqualTo(held.isEmpty());
    }
  }

  @Test
  void aTaskWithoutANameIsCalledByItsDelivery() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      assertThat(name(camel, "event/route/step")).isEqualTo(name(camel, "event/route/step"));
      assertThat(name(camel, "event/route/step")).isNotEqualTo(name(camel, "event/route/step/2"));
    }
  }

  private static String name(DefaultCamelContext camel, String key) throws Exception {
    Exchange exchange = new DefaultExchange(camel);
    exchange.setProperty("SeraiKeys", (UnaryOperator<String>) step -> key);
    task().prepare(exchange);
    return exchange.getMessage().getHeader(GoogleCloudTasksConstants.TASK_NAME, String.class);
  }
}
