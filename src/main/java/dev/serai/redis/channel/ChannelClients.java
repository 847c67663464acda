package dev.serai.redis.channel;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Those who listen on this hub. */
public class ChannelClients {

  private final ChannelSettings settings;
  private final MeterRegistry registry;
  private final Map<String, Set<ChannelClient>> clients;
  private final Map<String, Counter> received;
  private final Semaphore places;
  private volatile boolean closing;

  ChannelClients(ChannelSettings settings, MeterRegistry registry) {
    this.settings = settings;
    this.registry = registry;
    this.places = new Semaphore(settings.clients());
    this.clients =
        settings.names().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), name -> ConcurrentHashMap.newKeySet()));
    this.received =
        settings.names().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), name -> counter(name, "received")));
    clients.forEach(
        (name, set) ->
            Gauge.builder("serai.channel.clients", set, Set::size)
                .description("Streams of a channel that are open on this hub")
                .tag("channel", name)
                .register(registry));
  }

  private Counter counter(String channel, String outcome) {
    return Counter.builder("serai.channel.messages")
        .description(
            "Messages that came over a channel: received, invalid (no JSON object) or dropped (a"
                + " client that was too slow)")
        .tag("channel", channel)
        .tag("outcome", outcome)
        .register(registry);
  }

  /** The channels that there are. */
  public List<String> names() {
    return settings.names();
  }

  /**
   * @throws UnknownChannelException naming those that there are
   */
  void require(String channel) {
    if (!clients.containsKey(channel)) {
      throw new UnknownChannelException(channel, settings.names());
    }
  }

  /** How many listen to a channel on this hub. */
  public int count(String channel) {
    require(channel);
    return clients.getOrDefault(channel, Set.of()).size();
  }

  /**
   * Lets somebody listen, until {@link #leave}.
   *
   * @param workspace only to what is for this tenant or for all; to everything, if null
   * @return null when as many listen as may
   * @throws UnknownChannelException naming those that there are
   */
  public @Nullable ChannelClient join(String channel, @Nullable String workspace) {
    require(channel);
    if (!places.tryAcquire()) {
      return null;
    }
    ChannelClient client = new ChannelClient(workspace, settings.buffer().toBytes());
    clients.getOrDefault(channel, Set.of()).add(client);
    if (closing) {
      endAll();
    }
    return client;
  }

  public void leave(String channel, ChannelClient client) {
    if (clients.getOrDefault(channel, Set.of()).remove(client)) {
      places.release();
    }
  }

  /** Hands a message of Redis to those who want it; never waits. */
  void deliver(String channel, String text) {
    Counter counter = received.get(channel);
    if (counter == null) {
      return;
    }
    counter.increment();
    Set<ChannelClient> listening = clients.getOrDefault(channel, Set.of());
    if (listening.isEmpty()) {
      return;
    }
    ChannelMessage message = ChannelMessage.parse(text);
    if (message == null) {
      counter(channel, "invalid").increment();
      return;
    }
    byte[] frame =
        ("event: message\ndata: " + message.json() + "\n\n").getBytes(StandardCharsets.UTF_8);
    for (ChannelClient client : listening) {
      if (client.wants(message) && !client.offer(frame)) {
        counter(channel, "dropped").increment();
      }
    }
  }

  /** Says something to everybody. */
  void tell(String frame) {
    byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
    clients.values().forEach(listening -> listening.forEach(client -> client.offer(bytes)));
  }

  /** A hub that stops waits for requests under way: these must end by themselves. */
  @EventListener(ContextClosedEvent.class)
  void close() {
    closing = true;
    endAll();
  }

  private void endAll() {
    clients
        .values()
        .forEach(
            listening ->
                listening.forEach(client -> client.end("stopping", "This hub stops; come again")));
  }
}
