package dev.serai;

import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Says in one line why the hub does not start, if the reason is not a defect of its own: those keep
 * their stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailures implements FailureAnalyzer, FailureAnalysisReporter {

  /** Spring Boot's own reporter, which says the same in seven lines. */
  private static final String SPRINGS =
      "org.springframework.boot.diagnostics.LoggingFailureAnalysisReporter";

  private static final String OURS = StartFailures.class.getPackageName() + ".";

  @Override
  @SuppressWarnings("NullAway") // Spring's interface is not annotated; null is its "not mine".
  public FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String line = line(cause);
      if (line != null) {
        return new FailureAnalysis(line, null, failure);
      }
    }
    return null;
  }

  private static @Nullable String line(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return switch (cause) {
      case PortInUseException port ->
          "Port %s (PORT) is in use by another program".formatted(port.getPort());
      case BindValidationException invalid ->
          invalid.getValidationErrors().getAllErrors().stream()
              .map(error -> invalid(invalid.getValidationErrors().getName().toString(), error))
              .collect(Collectors.joining("; "));
      // Its cause tells more when a value has the right type and no sense.
      case BindException bind
          when !isOurs(NestedExceptionUtils.getMostSpecificCause(bind)) && !hasValidation(bind) ->
          value(bind);
      case SQLException sql
          when NestedExceptionUtils.getMostSpecificCause(sql) == sql || sql.getSQLState() != null ->
          database(sql);
      default -> isOurs(cause) ? message : null;
    };
  }

  private static boolean isOurs(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause.getClass().getName().startsWith(OURS)
        || (cause instanceof IllegalArgumentException || cause instanceof IllegalStateException)
            && message.matches("(?s)(serai\\.|SERAI_).*");
  }

  private static boolean hasValidation(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindValidationException) {
        return true;
      }
    }
    return false;
  }

  private static String value(BindException bind) {
    String name = bind.getName().toString();
    Object value = bind.getProperty() == null ? null : bind.getProperty().getValue();
    return value == null
        ? "%s (%s): %s"
            .formatted(
                name, variable(name), NestedExceptionUtils.getMostSpecificCause(bind).getMessage())
        : "%s (%s) is '%s', which is no %s: %s"
            .formatted(
                name,
                variable(name),
                value,
                bind.getTarget().getType().resolve(Object.class).getSimpleName(),
                NestedExceptionUtils.getMostSpecificCause(bind).getMessage());
  }

  private static String invalid(String prefix, ObjectError error) {
    if (error instanceof FieldError field) {
      String name = prefix + "." + dashed(field.getField());
      return "%s (%s) is '%s'; it %s"
          .formatted(
              name,
              variable(name),
              field.getRejectedValue(),
              String.valueOf(error.getDefaultMessage()));
    }
    return prefix + ": " + error.getDefaultMessage();
  }

  /** The classes of SQL states that an operator can mend. */
  private static String database(SQLException sql) {
    String state = String.valueOf(sql.getSQLState());
    String problem = String.valueOf(sql.getMessage()).lines().findFirst().orElse("");
    String advice =
        switch (state.substring(0, Math.min(2, state.length()))) {
          case "08" -> "PostgreSQL can't be reached";
          case "28" -> "PostgreSQL refuses the user or password";
          case "3D" -> "PostgreSQL has no such database";
          case "42" -> "PostgreSQL refuses a migration; the user needs to own the schema";
          case "53" -> "PostgreSQL has no more room";
          default -> "PostgreSQL refuses";
        };
    return "%s, see serai.database.url (SERAI_DATABASE_URL): %s".formatted(advice, problem);
  }

  private static String dashed(String field) {
    return field.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static String variable(String property) {
    return property.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
  }

  /** To the standard error and not to the log: the log may be what is not set up yet. */
  @Override
  public void report(FailureAnalysis analysis) {
    LoggingSystem.get(getClass().getClassLoader()).setLogLevel(SPRINGS, LogLevel.OFF);
    System.err.println("Serai can't start: " + analysis.getDescription());
  }
}
