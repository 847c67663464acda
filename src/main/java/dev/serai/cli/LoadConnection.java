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

/** One keep-alive connection of a load test: a request, its answer, the next request. */
final class LoadConnection {

  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
  private static final String LENGTH = "\r\ncontent-length: ";

  private final SocketChannel channel;
  private final ByteBuffer answer = ByteBuffer.allocate(16_384);
  private ByteBuffer request = ByteBuffer.allocate(0);
  private LoadRequest sent = LoadRequest.NONE;
  private long sentAt;

  LoadConnection(InetSocketAddress address, Selector selector) throws IOException {
    channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  void send(LoadRequest next) throws IOException {
    sent = next;
    request = ByteBuffer.wrap(next.bytes());
    sentAt = System.nanoTime();
    write();
  }

  /** Writes what the socket takes; a request of this size nearly always fits at once. */
  void write() throws IOException {
    while (request.hasRemaining()) {
      channel.write(request);
    }
  }

  LoadRequest sent() {
    return sent;
  }

  long sentAt() {
    return sentAt;
  }

  /** Reads; returns the status and body of a whole answer, or null while it is not there. */
  @org.jspecify.annotations.Nullable Answer read() throws IOException {
    if (channel.read(answer) < 0) {
      throw new EOFException("the hub closed the connection");
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
    int status = Integer.parseInt(text, 9, 12, 10);
    String body = new String(answer.array(), head, length, StandardCharsets.UTF_8);
    answer.clear();
    return new Answer(status, body);
  }

  private int endOfHead() {
    for (int i = 0; i + 4 <= answer.position(); i++) {
      if (answer.get(i) == END_OF_HEAD[0]
          && answer.get(i + 1) == END_OF_HEAD[1]
          && answer.get(i + 2) == END_OF_HEAD[2]
          && answer.get(i + 3) == END_OF_HEAD[3]) {
        return i + 4;
      }
    }
    return -1;
  }

  private static int contentLength(String head) throws IOException {
    String lower = head.toLowerCase(java.util.Locale.ROOT);
    int at = lower.indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("an answer without Content-Length: " + head.lines().findFirst().orElse(""));
    }
    int from = at + LENGTH.length();
    return Integer.parseInt(lower, from, lower.indexOf('\r', from), 10);
  }

  void close() throws IOException {
    channel.close();
  }

  record Answer(int status, String body) {}
}
