package dev.serai.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads bodies whole, each up to its limit and all at a time up to a budget; counts what it has
 * really taken, so that a request that announces much and sends little takes little.
 */
final class BodyReader {

  private static final int FIRST = 8_192;

  private final long budget;
  private final AtomicLong taken = new AtomicLong();

  BodyReader(long budget) {
    this.budget = budget;
  }

  /** Memory held by bodies now, in bytes. */
  long taken() {
    return taken.get();
  }

  /**
   * Reads a body.
   *
   * @param announced its length by the request, or -1
   * @return the body; {@link Body#close} gives its memory back
   */
  Body read(InputStream in, long announced, int limit) throws RefusedException {
    if (announced > limit) {
      throw tooLarge(limit);
    }
    Body body = new Body(announced >= 0 ? (int) announced : Math.min(FIRST, limit));
    boolean whole = false;
    try {
      body.fill(in, limit);
      whole = announced < 0 || body.length == announced;
      if (!whole) {
        throw incomplete();
      }
      return body;
    } catch (IOException e) {
      throw incomplete();
    } finally {
      if (!whole) {
        body.close();
      }
    }
  }

  private static RefusedException tooLarge(int limit) {
    return new RefusedException(
        Cause.TOO_LARGE,
        "The body has more than the %s bytes that this source takes".formatted(limit));
  }

  private static RefusedException incomplete() {
    return new RefusedException(Cause.INCOMPLETE, "The body did not arrive whole");
  }

  /** A body in memory. */
  final class Body implements AutoCloseable {
    private byte[] bytes;
    private int length;

    private Body(int capacity) throws RefusedException {
      this.bytes = new byte[0];
      grow(capacity);
    }

    private void grow(int capacity) throws RefusedException {
      int more = capacity - bytes.length;
      if (taken.addAndGet(more) > budget) {
        taken.addAndGet(-more);
        close();
        throw new RefusedException(
            Cause.OVERLOADED, "The bodies of the requests under way take all memory set aside");
      }
      bytes = Arrays.copyOf(bytes, capacity);
    }

    private void fill(InputStream in, int limit) throws IOException, RefusedException {
      while (true) {
        if (length == bytes.length) {
          // Full: is this the end? One more byte tells, without doubling for it.
          int next = in.read();
          if (next < 0) {
            return;
          }
          if (length >= limit) {
            throw tooLarge(limit);
          }
          grow((int) Math.min(Math.max(FIRST, 2L * length), limit));
          bytes[length++] = (byte) next;
        }
        int count = in.read(bytes, length, bytes.length - length);
        if (count < 0) {
          return;
        }
        length += count;
      }
    }

    byte[] bytes() {
      return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    @Override
    public void close() {
      taken.addAndGet(-bytes.length);
      bytes = new byte[0];
    }
  }
}
