package dev.serai.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is learned about a call while it is served, for its row of the audit log. */
final class AuditNotes {

  private static final String ATTRIBUTE = AuditNotes.class.getName();

  private final Map<String, String> parameters = new LinkedHashMap<>();
  private @Nullable String problem;

  private AuditNotes() {}

  static AuditNotes of(HttpServletRequest request) {
    if (request.getAttribute(ATTRIBUTE) instanceof AuditNotes notes) {
      return notes;
    }
    AuditNotes notes = new AuditNotes();
    request.setAttribute(ATTRIBUTE, notes);
    return notes;
  }

  /** Why the call was refused. */
  void problem(@Nullable String detail) {
    problem = detail;
  }

  @Nullable String problem() {
    return problem;
  }

  /** What of the body may be shown. */
  void parameters(Map<String, ?> more) {
    more.forEach(
        (name, value) -> {
          if (value != null) {
            parameters.put(name, value.toString());
          }
        });
  }

  Map<String, String> parameters() {
    return parameters;
  }
}
