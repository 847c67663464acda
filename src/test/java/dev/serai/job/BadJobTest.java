package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does an author read whose job can't be? */
@EngineTurn
class BadJobTest {

  private final TestHub hub = TestHub.engine();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cron       | 61 * * * *     | cron
          zone       | Europe/Berln   | zone
          overlap    | sometimes      | job: option 'overlap' is 'sometimes'; it must be one of [skip, queue-one, queue-all, cancel, allow]
          catchUp    | some           | job: option 'catchUp' is 'some'; it must be one of [none, once, all, window]
          catchUp    | window         | it must be a time span such as 6h with catchUp: window
          parameters | days:int=3     | 'days' has type 'int'; it must be one of [boolean, date, integer, month, number, text, timestamp]
          parameters | days           | job: option 'parameters' has 'days'; each must be name:type, name:type? or name:type=default
          parameters | month:month    | give 'month' a default or a ?
          name       | Not a name     | it must be small letters, digits and -, 63 at most
          grace      | soon           | job: option 'grace' is 'soon'; it must be a time span such as 90s, 5m or 24h
          """)
  void theOptionTheValueAndWhatWouldBeRight(String option, String value, String message)
      throws Exception {
    var job = TestJob.of(hub).with("cron", "0 3 * * *").with(option, value);
    assertThatThrownBy(() -> job.handle(exchange -> {})).rootCause().hasMessageContaining(message);
    job.close();
  }

  @Test
  void aSecondRouteWithTheNameIsRefusedAndTheFirstRunsOn() throws Exception {
    try (var job = TestJob.of(hub).handle(exchange -> {})) {
      String second =
          """
          - route:
              id: second-%s
              from: {uri: job, parameters: {name: %s}, steps: [{log: "never"}]}
          """
              .formatted(job.name(), job.name());
      assertThatThrownBy(() -> hub.routes(second))
          .hasMessageContaining("which is the job of route 'job-%s'".formatted(job.name()));
      assertThat(job.await(job.run(Map.of()), "done").attempts()).isOne();
      hub.camel().removeRoute("second-" + job.name());
    }
  }
}
