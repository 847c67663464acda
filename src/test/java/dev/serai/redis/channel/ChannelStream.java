package dev.serai.redis.channel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** An open stream of a channel, read line by line. */
final class ChannelStream implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpURLConnection connection;
  private final BufferedReader lines;

  /** Returns when the hub has begun to listen for it. */
  ChannelStream(TestHub hub, String channel, String query) throws IOException {
    connection =
        (HttpURLConnection)
            URI.create("%s/api/v1/channels/%s/stream?%s".formatted(hub.url(), channel, query))
                .toURL()
                .openConnection();
    connection.setReadTimeout(15_000);
    connection.setRequestProperty("Authorization", "Bearer " + TestHub.API_KEY);
    lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    next(": open");
  }

  String next(String beginning) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String line = lines.readLine();
    // Heartbeats come for ever.
    while (line != null && !line.startsWith(beginning)) {
      if (System.nanoTime() - end > 0) {
        throw new IOException("Nothing that begins with '%s' came".formatted(beginning));
      }
      line = lines.readLine();
    }
    if (line == null) {
      throw new IOException("The stream ended before '%s'".formatted(beginning));
    }
    return line.substring(beginning.length());
  }

  JsonNode data() throws IOException {
    return JSON.readTree(next("data: "));
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
