package dev.serai.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.hc.core5.http.ContentType;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver answered.
 *
 * @param host the receiver's host; its whole URL may be a secret
 * @param headers those that tell an operator something
 * @param body as text, up to {@code serai.sinks.max-response}
 * @param millis how long the post took
 */
record Answer(
    String sink,
    String host,
    int status,
    String reason,
    Map<String, String> headers,
    String body,
    long millis) {

  private static final List<String> KEPT =
      List.of(
          "Content-Type",
          "Retry-After",
          "Location",
          "Date",
          "Server",
          "Allow",
          "X-Request-Id",
          "Request-Id",
          "X-Correlation-Id",
          "Traceparent");

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads the message that camel-http has made of it.
   *
   * @param clean takes out what nobody may read
   */
  static Answer of(
      Message message, String sink, String host, UnaryOperator<String> clean, long millis) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : KEPT) {
      String value = message.getHeader(name, String.class);
      if (value != null) {
        headers.put(name, clean.apply(name.equals("Location") ? hostOf(value) : value));
      }
    }
    byte[] body = message.getBody(byte[].class);
    String text = body == null ? "" : new String(body, charset(headers.get("Content-Type")));
    String reason = message.getHeader(Exchange.HTTP_RESPONSE_TEXT, "", String.class);
    return new Answer(
        sink,
        host,
        message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class),
        clean.apply(reason),
        headers,
        clean.apply(text),
        millis);
  }

  /** The rest of an address may be a secret. */
  private static String hostOf(String location) {
    int start = location.indexOf("//");
    return start < 0 ? "(the same host)" : location.substring(start + 2).replaceAll("[/?#].*", "");
  }

  private static Charset charset(@Nullable String contentType) {
    ContentType type = ContentType.parseLenient(contentType);
    return type == null ? StandardCharsets.UTF_8 : type.getCharset(StandardCharsets.UTF_8);
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** One line without anything that would look like another line. */
  String inOneLine(int mostOfBody) {
    String kept = body.length() > mostOfBody ? body.substring(0, mostOfBody) + "..." : body;
    String line =
        "Sink '%s' at %s answered %s %s after %s ms, %s: %s"
            .formatted(sink, host, status, reason, millis, headers, kept);
    return line.replaceAll("[\\p{Cntrl} ]+", " ").strip();
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
