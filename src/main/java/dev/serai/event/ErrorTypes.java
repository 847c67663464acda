package dev.serai.event;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Names a failure without its messages: those of others quote values, and so a sensitive body. */
public final class ErrorTypes {

  private static final int DEEPEST = 8;

  private ErrorTypes() {}

  /** The types of an exception and its causes; of what can't quote anything, the message, too. */
  public static String of(Throwable thrown) {
    List<String> types = new ArrayList<>();
    for (Throwable error = thrown;
        error != null && types.size() < DEEPEST;
        error = error.getCause()) {
      types.add(one(error));
    }
    return String.join(", because of ", types);
  }

  private static String one(Throwable error) {
    String type = error.getClass().getName();
    String name = type.substring(type.lastIndexOf('.') + 1);
    return switch (error) {
      case SensitiveBodyException ours -> name + ": " + ours.getMessage();
      case SchemaViolationException ours -> name + ": " + ours.getMessage();
      case SQLException sql when sql.getSQLState() != null ->
          "%s (SQL state %s)".formatted(name, sql.getSQLState());
      default -> name;
    };
  }
}
