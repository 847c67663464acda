package dev.serai.cloud;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The bean of one use of the Kamelet {@code slack-post}: the text as an incoming webhook wants it.
 */
public final class SlackMessage {

  /** Slack cuts longer ones off. */
  private static final int LONGEST = 39_000;

  private String text = "";

  /** Makes the body that is posted. Links of the text are not opened by Slack. */
  public void prepare(Exchange exchange) {
    String value =
        exchange
            .getContext()
            .resolveLanguage("simple")
            .createExpression(text)
            .evaluate(exchange, String.class);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("text", value == null ? "" : value.substring(0, Math.min(LONGEST, value.length())));
    message.put("unfurl_links", false);
    message.put("unfurl_media", false);
    exchange.getMessage().setBody(message);
  }

  public void setText(String text) {
    this.text = text;
  }
}
