package dev.serai.redis.channel;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One who listens: what waits for it, up to a limit. Whoever is too slow for what comes is dropped,
 * so that nobody's memory grows and nobody else waits.
 */
public final class ChannelClient {

  private static final int MOST_AT_ONCE = 512;

  private final @Nullable String workspace;
  private final long limit;
  private final AtomicLong waiting = new AtomicLong();
  private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
  private volatile @Nullable String end;

  ChannelClient(@Nullable String workspace, long limit) {
    this.workspace = workspace;
    this.limit = limit;
  }

  /** Whether it is to see this one. A message of no workspace is for all. */
  boolean wants(ChannelMessage message) {
    return workspace == null
        || message.workspace() == null
        || workspace.equals(message.workspace());
  }

  /** Returns at once; false when it has just been dropped. */
  boolean offer(byte[] frame) {
    if (end != null) {
      return true;
    }
    if (waiting.addAndGet(frame.length) > limit) {
      end("too_slow", "More than %s bytes waited; come again".formatted(limit));
      return false;
    }
    frames.add(frame);
    return true;
  }

  /** No more comes; the last event says why. */
  void end(String reason, String detail) {
    if (end == null) {
      end = "event: end\ndata: {\"reason\":\"%s\",\"detail\":\"%s\"}\n\n".formatted(reason, detail);
      frames.clear();
      // Wakes whoever waits for one.
      frames.add(new byte[0]);
    }
  }

  /** What has come, waiting for the first as long as this; in server-sent events' form. */
  public List<byte[]> next(Duration patience) throws InterruptedException {
    byte[] first = frames.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (first == null || end != null) {
      return List.of();
    }
    List<byte[]> taken = new ArrayList<>();
    taken.add(first);
    frames.drainTo(taken, MOST_AT_ONCE - 1);
    waiting.addAndGet(-taken.stream().mapToLong(frame -> frame.length).sum());
    return taken;
  }

  /** The last thing to be said, or null while it goes on. */
  public byte @Nullable [] end() {
    String last = end;
    return last == null ? null : last.getBytes(StandardCharsets.UTF_8);
  }
}
