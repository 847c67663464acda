package dev.serai.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.structured.JsonWriterStructuredLogFormatter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;
import org.springframework.core.env.Environment;

/**
 * Lines of the log as Google Cloud Logging reads them from a container's output: with severity,
 * trace and span, and errors in the shape that Error Reporting groups.
 *
 * @see <a href="https://cloud.google.com/logging/docs/structured-logging">Structured logging</a>
 * @see <a href="https://cloud.google.com/error-reporting/docs/formatting-error-messages">Error
 *     Reporting</a>
 */
final class GoogleLog extends JsonWriterStructuredLogFormatter<ILoggingEvent> {

  private static final String PREFIX = "logging.googleapis.com/";
  private static final String TRACE = "trace_id";
  private static final String SPAN = "span_id";
  private static final String ERROR =
      "type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent";

  private static final Map<String, String> SERVICE =
      Map.of(
          "service",
          "serai",
          "version",
          Objects.requireNonNullElse(
              GoogleLog.class.getPackage().getImplementationVersion(), "development"));

  /** Spring Boot makes it, when it reads {@code logging.structured.format.console}. */
  GoogleLog(
      Environment environment,
      ThrowableProxyConverter throwables,
      StructuredLoggingJsonMembersCustomizer<?> customizer) {
    super(
        members -> {
          String traces = traces(environment);
          members.add("severity", GoogleLog::severity);
          members.add("time", event -> event.getInstant().toString());
          members.add("message", GoogleLog::message);
          members.add(PREFIX + "trace", event -> trace(traces, event)).whenNotNull();
          members
              .add(PREFIX + "spanId", event -> event.getMDCPropertyMap().get(SPAN))
              .whenNotNull();
          members.add(PREFIX + "labels", GoogleLog::labels);
          members.add("stack_trace", event -> stackTrace(throwables, event)).whenNotNull();
          members.add("@type", event -> isError(event) ? ERROR : null).whenNotNull();
          members.add("serviceContext", event -> isError(event) ? SERVICE : null).whenNotNull();
          members.add("context", event -> isError(event) ? context(event) : null).whenNotNull();
        },
        customizer);
  }

  /** What stands before a trace's id; without a project it is only an id to search for. */
  private static String traces(Environment environment) {
    String project = environment.getProperty("serai.google.project", "");
    if (project.isBlank()) {
      project = environment.getProperty("GOOGLE_CLOUD_PROJECT", "");
    }
    return project.isBlank() ? "" : "projects/%s/traces/".formatted(project.strip());
  }

  private static @Nullable String trace(String traces, ILoggingEvent event) {
    String id = event.getMDCPropertyMap().get(TRACE);
    return id == null ? null : traces + id;
  }

  private static @Nullable String stackTrace(
      ThrowableProxyConverter throwables, ILoggingEvent event) {
    return event.getThrowableProxy() == null ? null : throwables.convert(event);
  }

  private static String severity(ILoggingEvent event) {
    return switch (event.getLevel().toInt()) {
      case Level.ERROR_INT -> "ERROR";
      case Level.WARN_INT -> "WARNING";
      case Level.INFO_INT -> "INFO";
      default -> "DEBUG";
    };
  }

  private static String message(ILoggingEvent event) {
    return Objects.requireNonNullElse(event.getFormattedMessage(), "");
  }

  private static Map<String, String> labels(ILoggingEvent event) {
    Map<String, String> labels = new TreeMap<>(event.getMDCPropertyMap());
    labels.remove(TRACE);
    labels.remove(SPAN);
    labels.put("logger", event.getLoggerName());
    labels.put("thread", event.getThreadName());
    return labels;
  }

  private static boolean isError(ILoggingEvent event) {
    return event.getLevel().isGreaterOrEqual(Level.ERROR);
  }

  /** Without a stack trace errors are grouped by where they were reported. */
  private static Map<String, Object> context(ILoggingEvent event) {
    StackTraceElement[] callers = event.getCallerData();
    Map<String, Object> place = new LinkedHashMap<>();
    if (callers.length == 0) {
      place.put("filePath", event.getLoggerName());
      place.put("lineNumber", 0);
      place.put("functionName", event.getLoggerName());
    } else {
      place.put("filePath", String.valueOf(callers[0].getFileName()));
      place.put("lineNumber", callers[0].getLineNumber());
      place.put("functionName", callers[0].getClassName() + "." + callers[0].getMethodName());
    }
    return Map.of("reportLocation", place);
  }
}
