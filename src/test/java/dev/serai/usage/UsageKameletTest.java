package dev.serai.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Api;
import dev.serai.TestHub;
import java.util.List;
import java.util.UUID;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** Is what a route records counted, once an event? */
class UsageKameletTest {

  private final TestHub hub = TestHub.shared();
  private final Usage usage = hub.bean(Usage.class);
  private final String workspace = "w-" + UUID.randomUUID();

  @Test
  void alsoWhenTheEventIsHandledAgain() throws Exception {
    try (var routes =
        hub.routes(
            """
            - route:
                id: usage-%1$s
                from:
                  uri: event
                  parameters:
                    types: usage.test.%1$s
                    backoff: 1ms
                  steps:
                    - setVariable:
                        name: tokens
                        expression:
                          constant:
                            expression: "40"
                    - to:
                        uri: kamelet:usage-record
                        parameters:
                          tokens: "${variable.tokens}"
                          cost: "'0.25'"
                          agent: "'writer, first'"
                    - to:
                        uri: kamelet:usage-record
                        parameters:
                          tokens: 1
                          key: "${variable.event[id]}/more"
                    - filter:
                        expression:
                          simple:
                            expression: "${variable.event[attempt]} == 1"
                        steps:
                          - throwException:
                              exceptionType: java.lang.IllegalStateException
                              message: on purpose
                    - to:
                        uri: "mock:usage-%1$s"
            """
                .formatted(workspace))) {
      var end = hub.camel().getEndpoint("mock:usage-" + workspace, MockEndpoint.class);
      Api.of(hub)
          .post(
              "/api/v1/events",
              "{\"type\":\"usage.test.%1$s\",\"workspace\":\"%1$s\",\"data\":{\"tokens\":40}}"
                  .formatted(workspace));
      await().until(() -> end.getReceivedCounter() == 1);
      var exchange = end.getReceivedExchanges().getFirst();
      assertThat(exchange.getMessage().getBody(String.class)).contains("40");
      assertThat(exchange.getVariables())
          .doesNotContainKeys("usageRecordKey", "usageRecordCounted");

      UsageReport report = usage.report(workspace, usage.month());
      assertThat(report.total().tokens()).isEqualByComparingTo("41");
      assertThat(report.total().cost()).isEqualByComparingTo("0.25");
      assertThat(report.agents().stream().map(UsageReport.Row::agent).toList())
          .isEqualTo(List.of("writer, first", ""));
    }
  }
}
