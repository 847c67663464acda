package dev.serai.bus;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of {@code to: event}; Camel sets them by their setters. */
@UriParams
public final class EventProducerOptions {

  @UriParam(
      label = "producer",
      description =
          "Type of the event: text, a simple expression, or a JSON pointer into the body. Required"
              + " unless the route received the event.")
  @Nullable String type;

  @UriParam(
      label = "producer",
      description = "Data of the event: a simple expression. The message's body, if empty.")
  @Nullable String data;

  @UriParam(
      label = "producer",
      description =
          "What it happened to: text, a simple expression, or a JSON pointer into the body.")
  @Nullable String subject;

  @UriParam(
      label = "producer",
      description =
          "Workspace it belongs to: text, a simple expression, or a JSON pointer into the body."
              + " That of the event being handled, if empty.")
  @Nullable String workspace;

  @UriParam(
      label = "producer",
      description =
          "Dedupe key: text, a simple expression, or a JSON pointer into the body. While an event"
              + " is handled the default is that event, the subscription and this step, so that a"
              + " repeated delivery emits nothing twice. Required in a batch.")
  @Nullable String key;

  @UriParam(
      label = "producer",
      description =
          "Id of the step that the default key names. This one's, if empty, as it should be; in a"
              + " Kamelet the step that calls it, because its own ids don't last.")
  @Nullable String step;

  @UriParam(
      label = "producer",
      description = "How long until the event is delivered: 90s, 5m, 24h, or a simple expression.")
  @Nullable String delay;

  @UriParam(
      label = "producer",
      description =
          "When the event is delivered: an RFC 3339 time such as 2026-12-24T18:00:00Z, or a simple"
              + " expression.")
  @Nullable String at;

  @UriParam(
      label = "producer",
      description =
          "How soon it is delivered, 0 to 9: deliveries with a higher priority are handled before"
              + " others of their subscription that wait. A number or a simple expression; 0, if"
              + " empty.")
  @Nullable String priority;

  @UriParam(
      label = "producer",
      javaType = "java.lang.Boolean",
      description =
          "Whether the body is stored encrypted, erased after its deliveries and shown to admins"
              + " only. As the event being handled, if empty.")
  @Nullable Boolean sensitive;

  public void setType(String type) {
    this.type = type;
  }

  public void setData(String data) {
    this.data = data;
  }

  public void setSubject(String subject) {
    this.subject = subject;
  }

  public void setWorkspace(String workspace) {
    this.workspace = workspace;
  }

  public void setKey(String key) {
    this.key = key;
  }

  public void setStep(String step) {
    this.step = step;
  }

  public void setDelay(String delay) {
    this.delay = delay;
  }

  public void setAt(String at) {
    this.at = at;
  }

  public void setPriority(String priority) {
    this.priority = priority;
  }

  /** Text, because a Kamelet hands on what may be empty. */
  public void setSensitive(String sensitive) {
    if (!sensitive.isBlank() && !sensitive.strip().matches("(?i)true|false")) {
      throw new IllegalArgumentException(
          "event: option 'sensitive' is '%s'; it must be true or false".formatted(sensitive));
    }
    this.sensitive = sensitive.isBlank() ? null : Boolean.valueOf(sensitive.strip());
  }
}
