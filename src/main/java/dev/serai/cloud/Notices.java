package dev.serai.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** What templates of notifications see of an event, and which channels there are. */
public final class Notices {

  /** The sink that Slack's webhook is the address of. */
  private static final String SLACK = "slack";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /** A number of a few characters may have a billion digits. */
  private static final int MOST_DIGITS = 30;

  private final MailSettings mail;
  private final Sinks sinks;

  Notices(MailSettings mail, Sinks sinks) {
    this.mail = mail;
    this.sinks = sinks;
  }

  /** Whether there is a server to send e-mails by. */
  public boolean hasEmail() {
    return mail.isConfigured();
  }

  /** Whether there is an address to post to; whether it can be one, the post says. */
  public boolean hasSlack() {
    return sinks.hasUrl(SLACK);
  }

  /**
   * The members of the data; what it lacks is taken from its row. The workspace is always there,
   * and a URL only if it can be one.
   */
  public Map<String, @Nullable Object> email(
      @Body String data, @Variable("event") Map<String, ?> event) {
    return view(data, event, UnaryOperator.identity());
  }

  /** The same, in which nothing means anything to Slack: no link, no mention of everybody. */
  public Map<String, @Nullable Object> slack(
      @Body String data, @Variable("event") Map<String, ?> event) {
    return view(
        data, event, text -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
  }

  private static Map<String, @Nullable Object> view(
      String data, Map<String, ?> event, UnaryOperator<String> escape) {
    Map<String, @Nullable Object> members = members(data);
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    if (members.get("record") instanceof Map<?, ?> row) {
      row.forEach((name, value) -> view.put(String.valueOf(name), value));
      view.putIfAbsent("title", row.get("name"));
    }
    members.forEach(
        (name, value) -> {
          if (value != null) {
            view.put(name, value);
          }
        });
    if (event.get("workspace") != null) {
      view.put("workspace", event.get("workspace"));
    }
    if (!String.valueOf(view.get("url")).matches("https?://[^\\s\"'<>|\\\\]+")) {
      view.remove("url");
    }
    view.replaceAll((name, value) -> escaped(value, escape));
    return view;
  }

  /** Data that is no object has nothing to show; its notice says at least what happened. */
  private static Map<String, @Nullable Object> members(String data) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    try {
      Map<?, ?> read = JSON.readValue(data, Map.class);
      read.forEach((name, value) -> members.put(String.valueOf(name), value));
    } catch (JsonProcessingException e) {
      // It stays empty.
    }
    return members;
  }

  private static @Nullable Object escaped(@Nullable Object value, UnaryOperator<String> escape) {
    return switch (value) {
      case null -> null;
      case String text -> escape.apply(text);
      case BigDecimal number when Math.abs(number.scale()) < MOST_DIGITS -> number.toPlainString();
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((name, member) -> copy.put(String.valueOf(name), escaped(member, escape)));
        yield copy;
      }
      case List<?> list -> list.stream().map(member -> escaped(member, escape)).toList();
      default -> value;
    };
  }
}
