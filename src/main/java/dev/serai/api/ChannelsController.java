package dev.serai.api;

import dev.serai.redis.channel.ChannelClient;
import dev.serai.redis.channel.ChannelClients;
import dev.serai.redis.channel.Channels;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Channels: what is published reaches those who listen at that moment, on every hub. */
@RestController
@RequestMapping("/api/v1/channels")
class ChannelsController {

  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private final Channels channels;
  private final ChannelClients clients;

  ChannelsController(Channels channels, ChannelClients clients) {
    this.channels = channels;
    this.clients = clients;
  }

  /** Lists the channels, with how many listen on this hub. */
  @GetMapping
  Listing list() {
    return new Listing(
        clients.names().stream().map(name -> new View(name, clients.count(name))).toList());
  }

  /**
   * Publishes a message; nothing keeps it for those who don't listen now.
   *
   * @param name the channel
   * @param workspace the tenant that it is for; for all, if missing
   */
  @PostMapping("/{name}")
  @RequestBody(
      description =
          "What is published, any JSON; 64 KB at most, if serai.channels.message-limit says nothing"
              + " else",
      required = true,
      content = @Content(mediaType = "application/json", schema = @Schema(types = "object")))
  Published publish(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String workspace,
      HttpServletRequest request)
      throws IOException {
    byte[] data = request.getInputStream().readNBytes(channels.messageLimit() + 1);
    try {
      return new Published(
          name,
          channels
              .publish(name, workspace, new String(data, StandardCharsets.UTF_8))
              .toCompletableFuture()
              .join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /**
   * Streams what is published from now on, as server-sent events, until one side ends it: {@code
   * message}; {@code gap}, when Redis was away and something may have been missed; {@code end},
   * when the client read too slowly or the hub stops.
   *
   * @param name the channel
   * @param workspace only what is for this tenant or for all
   */
  @GetMapping("/{name}/stream")
  void stream(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String workspace,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    ChannelClient client = clients.join(name, workspace);
    if (client == null) {
      response.setHeader("Retry-After", "5");
      throw Problem.unavailable("As many streams are open as may be (serai.channels.clients)");
    }
    try {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setCharacterEncoding("UTF-8");
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Accel-Buffering", "no");
      write(client, response.getOutputStream());
    } finally {
      clients.leave(name, client);
    }
  }

  private static void write(ChannelClient client, OutputStream out)
      throws IOException, InterruptedException {
    say(out, ": open\n\n");
    while (client.end() == null) {
      List<byte[]> frames = client.next(HEARTBEAT);
      if (frames.isEmpty()) {
        say(out, ": alive\n\n");
        continue;
      }
      for (byte[] frame : frames) {
        out.write(frame);
      }
      out.flush();
    }
    byte[] end = client.end();
    if (end != null) {
      out.write(end);
      out.flush();
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /**
   * The channels.
   *
   * @param channels as {@code serai.channels.names} has them
   */
  record Listing(List<View> channels) {}

  /**
   * A channel.
   *
   * @param name the channel
   * @param clients streams that are open on the hub that answers
   */
  record View(String name, int clients) {}

  /**
   * What was published.
   *
   * @param channel the channel
   * @param receivers how many clients of Redis got it: each hub is one, whoever listens there
   */
  record Published(String channel, long receivers) {}
}
