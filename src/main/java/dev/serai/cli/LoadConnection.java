package dev.serai.cli;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection of a load test: a request, its answer, the next request. */
final class LoadConnection {

  private static final String LENGTH = "\r\ncontent-length: ";

  private final SocketChannel channel;
  private final ByteBuffer answer = ByteBuffer.allocate(16_384);
  private long sentAt;

  LoadConnection(InetSocketAddress address, Selector selector) throws IOException {
    channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /**
   * @param at when it was to be sent, in nanoseconds; a late start counts as waiting
   */
  void send(byte[] request, long at) throws IOException {
    sentAt = at;
    ByteBuffer bytes = ByteBuffer.wrap(request);
    // A request of this size fits into the socket's buffer, nearly always at once.
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  long sentAt() {
    return sentAt;
  }

  /** Reads; returns a whole answer, or null while it is not there. */
  @Nullable Answer read() throws IOException {
    if (channel.read(answer) < 0) {
      throw new EOFException("The hub closed the connection");
    }
    int head = endOfHead();
    if (head < 0) {
      return null;
    }
    String text = new String(answer.array(), 0, head, StandardCharsets.ISO_8859_1);
    int length = contentLength(text);
    if (answer.position() < head + length) {
      return null;
    }
    String body = new String(answer.array(), head, length, StandardCharsets.UTF_8);
    answer.clear();
    return new Answer(Integer.parseInt(text, 9, 12, 10), body);
  }

  private int endOfHead() {
    for (int i = 4; i <= answer.position(); i++) {
      if (answer.get(i - 4) == '\r'
          && answer.get(i - 3) == '\n'
          && answer.get(i - 2) == '\r'
          && answer.get(i - 1) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static int contentLength(String head) throws IOException {
    String lower = head.toLowerCase(Locale.ROOT);
    int at = lower.indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("An answer without Content-Length");
    }
    int from = at + LENGTH.length();
    return Integer.parseInt(lower, from, lower.indexOf('\r', from), 10);
  }

  void close() throws IOException {
    channel.close();
  }

  record Answer(int status, String body) {}
}
