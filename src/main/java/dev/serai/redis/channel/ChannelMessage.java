package dev.serai.redis.channel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What travels over a channel: a JSON object with id, channel, workspace, time and data.
 *
 * @param workspace the tenant it is for; null for all
 * @param json all of it on one line
 */
record ChannelMessage(@Nullable String workspace, String json) {

  private static final JsonFactory JSON = new JsonFactory();

  /** Makes one. */
  static String of(UUID id, String channel, @Nullable String workspace, Instant at, String data) {
    StringWriter text = new StringWriter(data.length() + 160);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("id", id.toString());
      json.writeStringField("channel", channel);
      if (workspace != null) {
        // Before the data, so that whoever looks for it need not read them.
        json.writeStringField("workspace", workspace);
      }
      json.writeStringField("time", at.toString());
      json.writeFieldName("data");
      json.writeRawValue(data);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** What came over Redis, which others may publish to, too; null when it is no JSON object. */
  static @Nullable ChannelMessage parse(String text) {
    // A line break in JSON is space between its parts; in a stream it would end the message.
    String line = text.indexOf('\n') < 0 && text.indexOf('\r') < 0 ? text : oneLine(text);
    try (JsonParser json = JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      String workspace = null;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = json.currentName().equals("workspace");
        if (json.nextToken() == JsonToken.VALUE_STRING && wanted) {
          workspace = json.getText();
        }
        json.skipChildren();
      }
      return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null
          ? new ChannelMessage(workspace, line)
          : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }
}
