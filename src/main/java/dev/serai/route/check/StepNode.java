package dev.serai.route.check;

import org.jspecify.annotations.Nullable;

/**
 * A step of a route in its file.
 *
 * @param kind {@code to}, {@code filter}, {@code setBody}...
 */
record StepNode(String kind, Yaml body) {

  int line() {
    return body.line();
  }

  String id() {
    return body.text("id");
  }

  /** Where it sends to, or nothing. */
  String uri() {
    return body.isScalar() && isSending() ? body.text() : body.text("uri");
  }

  @Nullable Yaml parameters() {
    return body.get("parameters");
  }

  /** Whether its URI is text that is only known for a message. */
  boolean isDynamic() {
    return kind.equals("toD") || kind.equals("enrich") || kind.equals("pollEnrich");
  }

  boolean isSending() {
    return kind.equals("to") || kind.equals("toD") || kind.equals("wireTap") || kind.equals("poll");
  }
}
