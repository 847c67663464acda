package dev.serai.cloud;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.hc.core5.http.ContentType;
import org.springframework.boot.convert.DurationStyle;

/** The parameters of the Kamelet {@code http-post}; Camel sets them by their setters. */
public final class HttpPostOptions {

  private static final Duration LONGEST = Duration.ofMinutes(5);

  private String sink = "";
  private String url = "";
  private String id = "";
  private String contentType = "application/json";
  private String headers = "";
  private String responseTimeout = "10s";
  private String sign = "standard-webhooks";
  private boolean optional;

  /**
   * @throws IllegalArgumentException naming the parameter whose value can't be
   */
  void check() {
    responseTimeout();
    contentType();
    require(
        sign.equals("standard-webhooks") || sign.equals("none"),
        "sign",
        sign,
        "be standard-webhooks or none");
  }

  private static void require(boolean condition, String name, String value, String what) {
    if (!condition) {
      throw new IllegalArgumentException(
          "http-post: parameter '%s' is '%s'; it must %s".formatted(name, value, what));
    }
  }

  String sink() {
    return sink;
  }

  String url() {
    return url;
  }

  String headers() {
    return headers;
  }

  /** Whether nobody is told at start that the sink has no address. */
  boolean optional() {
    return optional;
  }

  boolean signs() {
    return sign.equals("standard-webhooks");
  }

  /** What the receiver knows a repetition by: the event's id, unless the route says another. */
  String id(Exchange exchange) {
    String value =
        exchange
            .getContext()
            .resolveLanguage("simple")
            .createExpression(id)
            .evaluate(exchange, String.class);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "http-post: '%s' has no value here; give the parameter id where no event is handled"
              .formatted(id));
    }
    return value;
  }

  ContentType contentType() {
    try {
      return ContentType.parse(contentType);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "http-post: parameter 'contentType' is '%s'; it must be one such as application/json"
              .formatted(contentType),
          e);
    }
  }

  Duration responseTimeout() {
    Duration limit;
    try {
      limit = DurationStyle.SIMPLE.parse(responseTimeout);
    } catch (IllegalArgumentException e) {
      limit = Duration.ZERO;
    }
    require(
        limit.isPositive() && limit.compareTo(LONGEST) <= 0,
        "responseTimeout",
        responseTimeout,
        "be a time such as 10s, 5m at most");
    return limit;
  }

  public void setSink(String sink) {
    this.sink = sink;
  }

  public void setUrl(String url) {
    this.url = url;
  }

  public void setId(String id) {
    this.id = id;
  }

  public void setContentType(String contentType) {
    this.contentType = contentType;
  }

  public void setHeaders(String headers) {
    this.headers = headers;
  }

  public void setResponseTimeout(String responseTimeout) {
    this.responseTimeout = responseTimeout;
  }

  public void setSign(String sign) {
    this.sign = sign;
  }

  public void setOptional(boolean optional) {
    this.optional = optional;
  }
}
