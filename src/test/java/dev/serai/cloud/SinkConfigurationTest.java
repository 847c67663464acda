package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHandler;
import dev.serai.TestLog;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** What happens when a sink is not configured as it must be? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestSink.TURN)
class SinkConfigurationTest {

  private static final Processor NOTHING = exchange -> {};

  /** The first failed attempt at a new event. */
  private static TestLog.FailedAttempt firstFailure(TestHandler handler, UUID event) {
    await().until(() -> !handler.attempts(event).isEmpty());
    return handler.attempts(event).getFirst();
  }

  @Test
  void aSinkIsFoundByTheVariablesOfItsName() {
    String variables = "SERAI_SINKS_PARTNER_EU_";
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(
            new SystemEnvironmentPropertySource(
                "test-systemEnvironment",
                Map.of(
                    variables + "URL",
                    "https://partner.example/",
                    variables + "SECRETS",
                    TestSink.SECRET + "|whsec_" + TestSink.OTHER_KEY,
                    variables + "HEADERS",
                    "X-Key: 123")));
    ConfigurationPropertySources.attach(environment);
    Sink sink = new Sinks(environment).sink("partner-eu");
    assertThat(sink.url()).isEqualTo("https://partner.example/");
    assertThat(sink.secrets()).hasSize(2);
    assertThat(sink.headers()).containsEntry("X-Key", "123");
    assertThat(sink.toString()).isEqualTo("Sink[partner-eu]");
  }

  @ParameterizedTest
  @CsvSource({
    "http://169.254.169.254/latest/meta-data/, ForbiddenDestinationException, 169.254.169.254",
    "https://10.0.0.1/, ForbiddenDestinationException, SERAI_SINKS_ALLOW",
    "https://localhost/, ForbiddenDestinationException, localhost",
    "'', ForbiddenDestinationException, _URL)",
  })
  void aSinkThatMayNotBeReachedIsSaidAndItsEventsWait(String url, String cause, String detail)
      throws Exception {
    try (TestSink sink = TestSink.unknown().set("url", url).set("secrets", TestSink.SECRET);
        TestHandler handler = sink.handler(NOTHING)) {
      TestLog.FailedAttempt failure = firstFailure(handler, handler.send());
      assertThat(failure.cause()).isEqualTo(cause);
      assertThat(failure.detail()).contains(detail, sink.name());
    }
  }

  @Test
  void nothingIsPostedWithoutASignature() throws Exception {
    try (Partner partner = Partner.start().answer(200);
        TestSink sink = TestSink.of(partner).set("secrets", "");
        TestHandler handler = sink.handler(NOTHING)) {
      TestLog.FailedAttempt failure = firstFailure(handler, handler.send());
      assertThat(failure.cause()).isEqualTo("MissingSecretException");
      assertThat(failure.detail())
          .contains(
              "SERAI_SINKS_%s_SECRETS"
                  .formatted(sink.name().toUpperCase(Locale.ROOT).replace('-', '_')));
      assertThat(partner.posts()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "responseTimeout, soon, soon",
    "responseTimeout, 0s, 0s",
    "responseTimeout, 10m, 10m",
    "sign, md5, md5",
    "headers, Host: other, Host",
    "sink, ../etc, ../etc",
  })
  void aParameterWithoutSenseIsNamedWhenTheRouteIsLoaded(
      String parameter, String value, String named) throws Exception {
    try (Partner partner = Partner.start();
        TestSink sink = TestSink.of(partner).with(parameter, value)) {
      assertThatThrownBy(() -> sink.handler(NOTHING))
          .rootCause()
          .hasMessageContainingAll("http-post", parameter, named);
    }
  }
}
