package dev.serai.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/**
 * The bean of one use of the Kamelet {@code supabase-rows}: asks PostgREST for a page of the rows
 * that were changed in a time, in the order of {@code updated_at} and {@code id}, so that pages
 * overlap nowhere and leave nothing out.
 */
public final class SupabaseRows {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CALL = "SeraiSupabaseRows";
  private static final Pattern TABLE = Pattern.compile("([a-z_][a-z0-9_]*)\\.([a-z_][a-z0-9_]*)");

  private final SupabaseSettings settings;
  private String table = "";
  private String since = "";
  private String until = "";
  private String after = "";

  SupabaseRows(SupabaseApi api) {
    this.settings = api.settings();
  }

  /** An expression in Camel's simple language, as all of these. */
  public void setTable(String table) {
    this.table = table;
  }

  public void setSince(String since) {
    this.since = since;
  }

  public void setUntil(String until) {
    this.until = until;
  }

  /** Where the page before ended, as {@code next} of it. */
  public void setAfter(String after) {
    this.after = after;
  }

  /** Puts the request in place of the caller's message. */
  public void prepare(Exchange exchange) {
    String name = SimpleExpression.value(exchange, table);
    var parts = TABLE.matcher(name);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "supabase-rows: table is '%s'; it must be a schema and a table: public.orders"
              .formatted(name));
    }
    Message request = new DefaultMessage(exchange.getContext());
    request.setHeader(Exchange.HTTP_METHOD, "GET");
    request.setHeader(Exchange.HTTP_URI, settings.url() + "/rest/v1/" + parts.group(2));
    request.setHeader(Exchange.HTTP_QUERY, query(exchange));
    request.setHeader("apikey", settings.serviceKey());
    request.setHeader("Authorization", "Bearer " + settings.serviceKey());
    request.setHeader("Accept", "application/json");
    request.setHeader("Accept-Profile", parts.group(1));
    exchange.setProperty(CALL, new Call(exchange.getMessage(), System.nanoTime()));
    exchange.setMessage(request);
  }

  private String query(Exchange exchange) {
    String last = SimpleExpression.value(exchange, after);
    StringBuilder query =
        new StringBuilder("select=*&order=updated_at.asc,id.asc&limit=").append(settings.page());
    condition(query, "updated_at", "gte." + SimpleExpression.value(exchange, since));
    condition(query, "updated_at", "lt." + SimpleExpression.value(exchange, until));
    if (!last.isEmpty()) {
      String time = quoted(last.substring(0, last.indexOf(' ')));
      String id = quoted(last.substring(last.indexOf(' ') + 1));
      condition(
          query,
          "or",
          "(updated_at.gt.%s,and(updated_at.eq.%s,id.gt.%s))".formatted(time, time, id));
    }
    return query.toString();
  }

  private static void condition(StringBuilder query, String name, String value) {
    query
        .append('&')
        .append(name)
        .append('=')
        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /** Points, commas and colons mean something in PostgREST's conditions. */
  private static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /**
   * Makes the body a map of {@code rows}, the answer's text, their {@code count}, {@code more} and
   * {@code next}.
   *
   * @throws ReceiverException if it is no answer
   */
  public void judge(Exchange exchange) throws ReceiverException, IOException {
    Call call = exchange.getProperty(CALL, Call.class);
    Answer answer =
        Answer.of(
            exchange.getMessage(),
            "supabase",
            String.valueOf(URI.create(settings.url()).getHost()),
            text -> text.replace(settings.serviceKey(), "***"),
            (System.nanoTime() - call.beganAt) / 1_000_000);
    if (!answer.isSuccess()) {
      throw ReceiverException.of(answer);
    }
    JsonNode rows = rows(answer.body());
    JsonNode last = rows.path(rows.size() - 1);
    call.caller.setBody(
        Map.of(
            "rows",
            answer.body(),
            "count",
            rows.size(),
            "more",
            // The project may give fewer at once than were asked for.
            !rows.isEmpty(),
            "next",
            rows.isEmpty()
                ? ""
                : last.path("updated_at").asText() + " " + last.path("id").asText()));
  }

  private static JsonNode rows(String body) throws IOException {
    try {
      JsonNode rows = JSON.readTree(body);
      for (JsonNode row : rows) {
        if (!row.hasNonNull("id") || !row.path("updated_at").isTextual()) {
          throw new IOException("A row in Supabase's answer has no id, or no updated_at");
        }
      }
      if (rows.isArray()) {
        return rows;
      }
    } catch (JsonProcessingException malformed) {
      // Said below, without the answer, which may be anything.
    }
    throw new IOException(
        "Supabase's answer, of %s characters, is no list of rows; if it was cut off, lower serai.supabase.page"
            .formatted(body.length()));
  }

  /** Gives the caller its message back, whatever happened. */
  public void restore(Exchange exchange) {
    if (exchange.removeProperty(CALL) instanceof Call call) {
      exchange.setMessage(call.caller);
    }
  }

  private record Call(Message caller, long beganAt) {}
}
