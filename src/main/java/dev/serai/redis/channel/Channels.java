package dev.serai.redis.channel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import io.lettuce.core.RedisFuture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Publishes on channels. Who does not listen at that moment misses it: what must not be missed is
 * an event.
 */
public final class Channels {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int LONGEST_WORKSPACE = 512;

  private final Redis redis;
  private final Keys keys;
  private final ChannelClients clients;
  private final ChannelSettings settings;
  private final Clock clock;

  Channels(Redis redis, Keys keys, ChannelClients clients, ChannelSettings settings, Clock clock) {
    this.redis = redis;
    this.keys = keys;
    this.clients = clients;
    this.settings = settings;
    this.clock = clock;
  }

  /** Most bytes of a message's data. */
  public int messageLimit() {
    return (int) settings.messageLimit().toBytes();
  }

  /**
   * Publishes, without waiting.
   *
   * @param data JSON
   * @param workspace the tenant it is for; null for all
   * @return how many of Redis' clients got it: each hub is one
   * @throws UnknownChannelException naming those that there are
   * @throws InvalidMessageException naming the field
   * @throws dev.serai.redis.RedisUnavailableException while Redis can't be reached
   */
  public CompletionStage<Long> publish(String channel, @Nullable String workspace, String data) {
    String message = message(channel, workspace, data);
    RedisFuture<Long> reached = redis.require().async().publish(keys.channel(channel), message);
    return reached;
  }

  /** The name of a channel in Redis. */
  String key(String channel) {
    clients.require(channel);
    return keys.channel(channel);
  }

  /** What is published. */
  String message(String channel, @Nullable String workspace, String data) {
    clients.require(channel);
    int bytes = data.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > messageLimit()) {
      throw new InvalidMessageException(
          "data", "has %s bytes; at most %s".formatted(bytes, messageLimit()));
    }
    if (!isJson(data)) {
      throw new InvalidMessageException("data", "is no JSON");
    }
    String tenant = workspace == null || workspace.isEmpty() ? null : workspace;
    if (tenant != null && tenant.length() > LONGEST_WORKSPACE) {
      throw new InvalidMessageException(
          "workspace",
          "has %s characters; at most %s".formatted(tenant.length(), LONGEST_WORKSPACE));
    }
    return ChannelMessage.of(UUID.randomUUID(), channel, tenant, clock.instant(), data);
  }

  /** One JSON value and nothing else. */
  private static boolean isJson(String data) {
    try (JsonParser json = JSON.createParser(data)) {
      JsonToken first = json.nextToken();
      if (first == null) {
        return false;
      }
      json.skipChildren();
      return json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
