package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Is an event sensitive that a route emits while it handles another? */
@EngineTurn
class SensitiveEmissionTest {

  private final TestHub hub = TestHub.engine();

  @ParameterizedTest
  @CsvSource({
    "false, '',                false",
    "true,  '',                true",
    "false, ', sensitive: true',  true",
    "true,  ', sensitive: false', false"
  })
  void asItsAuthorSaysElseAsTheOther(boolean cause, String option, boolean expected)
      throws Exception {
    String type = TestLog.newType();
    try (var handler = TestHandler.of(hub).emit("type: " + type + option).handle(exchange -> {})) {
      var event = TestLog.event(handler.type(), null);
      handler.log().append(cause ? event.asSensitive() : event);

      await().until(() -> handler.log().count(handler.id(), "done") == 1);

      assertThat(
              hub.database()
                  .sql("select sensitive is true from serai.event where type = ?")
                  .param(type)
                  .query(Boolean.class)
                  .single())
          .isEqualTo(expected);
    }
  }
}
