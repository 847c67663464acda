package dev.serai.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;

/** What do lines of the log look like to whoever collects them? */
class LogFormatTest {

  private static final String GOOGLE = "dev.serai.telemetry.GoogleLog";
  private static final String TRACE = "0193a5f0c1d27b0a8e2f4c6d8b0a1c3e";
  private static final Map<String, String> CONTEXT =
      Map.of("trace_id", TRACE, "span_id", "00f067aa0ba902b7", "request_id", "r-1");

  private static final Instant AT = Instant.parse("2026-11-22T10:00:00.123456789Z");

  private static JsonNode line(
      String format, Level level, Map<String, String> context, @Nullable Throwable failure)
      throws IOException {
    MockEnvironment environment = new MockEnvironment();
    for (PropertySource<?> source :
        new YamlPropertySourceLoader()
            .load("application", new ClassPathResource("application.yml"))) {
      environment.getPropertySources().addLast(source);
    }
    environment.setProperty("serai.google.project", "acme-test-1");
    LoggerContext logback = new LoggerContext();
    logback.putObject(Environment.class.getName(), environment);
    StructuredLogEncoder encoder = new StructuredLogEncoder();
    encoder.setContext(logback);
    encoder.setFormat(format);
    encoder.start();
    LoggingEvent event =
        new LoggingEvent(
            LogFormatTest.class.getName(),
            logback.getLogger("dev.serai.Something"),
            level,
            "Source {} says \"{}\"",
            failure,
            new Object[] {"stripe", "no\nmore"});
    event.setInstant(AT);
    event.setMDCPropertyMap(context);
    String text = new String(encoder.encode(event), StandardCharsets.UTF_8);
    assertThat(text.strip()).doesNotContain("\n");
    return new ObjectMapper().readTree(text);
  }

  @ParameterizedTest
  @CsvSource({
    "TRACE, DEBUG",
    "DEBUG, DEBUG",
    "INFO, INFO",
    "WARN, WARNING",
    "ERROR, ERROR",
  })
  void googleReadsItsSeverityTraceAndSpan(String level, String severity) throws IOException {
    JsonNode line = line(GOOGLE, Level.toLevel(level), CONTEXT, null);
    assertThat(line.path("severity").asText()).isEqualTo(severity);
    assertThat(line.path("time").asText()).isEqualTo(AT.toString());
    assertThat(line.path("message").asText()).isEqualTo("Source stripe says \"no\nmore\"");
    assertThat(line.path("logging.googleapis.com/trace").asText())
        .isEqualTo("projects/acme-test-1/traces/" + TRACE);
    assertThat(line.path("logging.googleapis.com/spanId").asText()).isEqualTo("00f067aa0ba902b7");
    JsonNode labels = line.path("logging.googleapis.com/labels");
    assertThat(labels.path("request_id").asText()).isEqualTo("r-1");
    assertThat(labels.path("logger").asText()).isEqualTo("dev.serai.Something");
    assertThat(labels.has("trace_id")).isFalse();
    assertThat(line.has("@type")).isEqualTo(severity.equals("ERROR"));
  }

  @Test
  void whatIsInNoTraceNamesNone() throws IOException {
    JsonNode line = line(GOOGLE, Level.INFO, Map.of(), null);
    assertThat(line.has("logging.googleapis.com/trace")).isFalse();
    assertThat(line.has("logging.googleapis.com/spanId")).isFalse();
    assertThat(line.has("stack_trace")).isFalse();
  }

  @Test
  void errorReportingGroupsByTheStackTrace() throws IOException {
    JsonNode line = line(GOOGLE, Level.ERROR, CONTEXT, new IllegalStateException("of a test"));
    assertThat(line.path("@type").asText())
        .isEqualTo(
            "type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent");
    assertThat(line.path("stack_trace").asText())
        .startsWith("java.lang.IllegalStateException: of a test")
        .contains("\tat dev.serai.telemetry.LogFormatTest");
    assertThat(line.at("/serviceContext/service").asText()).isEqualTo("serai");
    assertThat(line.at("/serviceContext/version").asText()).isNotBlank();
  }

  @Test
  void errorReportingGroupsByThePlaceWhereThereIsNoStackTrace() throws IOException {
    JsonNode place = line(GOOGLE, Level.ERROR, Map.of(), null).at("/context/reportLocation");
    assertThat(place.path("filePath").asText()).isNotBlank();
    assertThat(place.path("functionName").asText()).isNotBlank();
    assertThat(place.path("lineNumber").isInt()).isTrue();
  }

  @Test
  void elasticReadsItsTraceAndSpan() throws IOException {
    JsonNode line = line("ecs", Level.WARN, CONTEXT, null);
    assertThat(line.at("/log/level").asText()).isEqualTo("WARN");
    assertThat(line.path("trace.id").asText()).isEqualTo(TRACE);
    assertThat(line.path("span.id").asText()).isEqualTo("00f067aa0ba902b7");
    assertThat(line.path("request_id").asText()).isEqualTo("r-1");
  }
}
