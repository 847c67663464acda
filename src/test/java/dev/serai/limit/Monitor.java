package dev.serai.limit;

import dev.serai.TestHub;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the commands that clients send to Redis for a key; not those of scripts. */
final class Monitor implements AutoCloseable {

  private final AtomicLong commands = new AtomicLong();
  private final Socket socket;

  Monitor(TestHub hub, String key) throws IOException {
    URI redis = URI.create(hub.setting("serai.redis.url"));
    socket = new Socket(redis.getHost(), redis.getPort());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String user = redis.getUserInfo();
    if (user != null) {
      send("AUTH " + user.substring(user.indexOf(':') + 1));
      lines.readLine();
    }
    send("MONITOR");
    lines.readLine();
    Thread.ofVirtual().start(() -> count(lines, key));
  }

  private void send(String command) throws IOException {
    socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private void count(BufferedReader lines, String key) {
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.contains(key) && !line.contains(" lua]")) {
          commands.incrementAndGet();
        }
      }
    } catch (IOException closed) {
      // That was the end.
    }
  }

  long commands() {
    return commands.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
