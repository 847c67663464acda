package dev.serai.redis.channel;

import dev.serai.TestHub;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * How much does a channel carry, from publishing to the sockets of those who listen? It prints what
 * it measures: {@code mvn test -Dtest=BroadcastSpeed}; it is no part of the build.
 */
class BroadcastSpeed {

  private static final int CLIENTS = Integer.getInteger("clients", 4);
  private static final int MESSAGES = Integer.getInteger("messages", 200_000);

  /** As many may be under way, so that nobody is too slow for the buffer. */
  private static final int WINDOW = 2_000;

  private static final String DATA = "{\"agent\":\"researcher\",\"step\":17,\"text\":\"%s\"}";

  @Test
  void measure() throws Exception {
    try (TestHub hub = TestHub.start(Map.of())) {
      run(hub, MESSAGES / 4, "warm-up");
      for (int round = 1; round <= 3; round++) {
        run(hub, MESSAGES, "round " + round);
      }
    }
  }

  private static void run(TestHub hub, int messages, String name) throws Exception {
    Channels channels = hub.bean(Channels.class);
    String data = DATA.formatted("x".repeat(120));
    List<AtomicLong> received = new ArrayList<>();
    List<ChannelStream> streams = new ArrayList<>();
    List<Thread> readers = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      ChannelStream stream = new ChannelStream(hub, "agent_updates", "");
      AtomicLong count = new AtomicLong();
      streams.add(stream);
      received.add(count);
      readers.add(Thread.ofPlatform().start(() -> read(stream, count, messages)));
    }
    long begin = System.nanoTime();
    for (int i = 0; i < messages; i++) {
      channels.publish("agent_updates", null, data);
      while (i - slowest(received) > WINDOW) {
        LockSupport.parkNanos(100_000);
      }
    }
    for (Thread reader : readers) {
      reader.join();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.println(
        "%s: %s clients, %s messages: %s published/s, %s delivered/s"
            .formatted(
                name,
                CLIENTS,
                messages,
                Math.round(messages / seconds),
                Math.round(messages * (double) CLIENTS / seconds)));
    streams.forEach(ChannelStream::close);
  }

  private static long slowest(List<AtomicLong> received) {
    return received.stream().mapToLong(AtomicLong::get).min().orElse(Long.MAX_VALUE);
  }

  private static void read(ChannelStream stream, AtomicLong count, int messages) {
    try {
      while (count.get() < messages) {
        stream.next("data: ");
        count.incrementAndGet();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
