package dev.serai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A connection on which a test writes what no HTTP client would. */
public final class RawHttp implements AutoCloseable {

  private final Socket socket;

  public RawHttp(TestHub hub) throws IOException {
    socket = new Socket("127.0.0.1", hub.port());
    socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
    socket.setTcpNoDelay(true);
  }

  /** Sends a request on a connection of its own and returns what comes back. */
  public static Answer exchange(TestHub hub, byte[] request) throws IOException {
    try (RawHttp http = new RawHttp(hub)) {
      return http.send(request).answer();
    }
  }

  public static Answer exchange(TestHub hub, String latin1) throws IOException {
    return exchange(hub, latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Text of which each character is one byte. */
  public RawHttp send(String latin1) throws IOException {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Says that nothing more will be sent. */
  public RawHttp end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Reads one answer; its status is 0 when the connection was closed without one. */
  public Answer answer() throws IOException {
    var in = socket.getInputStream();
    var head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return new Answer(0, text, "");
      }
      head.write(next);
      text = next == '\n' ? head.toString(StandardCharsets.ISO_8859_1) : "";
    }
    int length = 0;
    for (String line : text.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
    }
    byte[] body = in.readNBytes(length);
    return new Answer(
        Integer.parseInt(text.substring(9, 12)), text, new String(body, StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /**
   * What the hub answered.
   *
   * @param head its status line and headers
   */
  public record Answer(int status, String head, String body) {}
}
