package dev.serai.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "listen",
    mixinStandardHelpOptions = true,
    description = {
      "Streams accepted events of a running hub to a local program, byte for byte, in the order in"
          + " which they were committed.",
      "",
      "Each event is posted until the program answers 2xx; then the position is saved, and the next"
          + " start goes on behind it. When the hub is away it says so within ten seconds and goes"
          + " on when it is back. The request has the event's body and content type, and the"
          + " headers serai-event-id, serai-event-type and serai-source. An event can come twice,"
          + " with the same id, if this command is killed between the answer and the saving."
          + " Sensitive events are printed and not posted: their bodies stay in the hub."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:--count events have been delivered",
      "  1:the hub refused, e.g. the key or the position",
      "  2:wrong usage",
      "  3:the hub could not be reached at the start",
      "130:ended by Ctrl-C; the position is saved"
    })
final class ListenCommand implements Callable<Integer> {

  @Mixin private ApiClient api;
  @Mixin private Output output;

  @Option(names = "--source", paramLabel = "NAME", description = "Only events of this source.")
  private @Nullable String source;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      split = ",",
      description = "Only of these types: * is one segment, a last * the rest. May be repeated.")
  private List<String> types = List.of();

  @Option(
      names = "--forward",
      paramLabel = "URL",
      description = "Where to post them. They are only printed, if missing.")
  private @Nullable URI forward;

  @Option(
      names = "--from",
      paramLabel = "POSITION",
      defaultValue = "last",
      description = {
        "Where to begin: 'last' behind the last event delivered, or now if there is none; 'now'; a"
            + " time (RFC 3339); or the id of an event, behind it. Default: last."
      })
  private String from = "last";

  @Option(
      names = "--sign",
      description =
          "Let the hub, which must be in development, sign each request as the provider would, with"
              + " the source's first secret.")
  private boolean sign;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Go on to the next event after so many answers other than 2xx; 0 for never. Default: 0.")
  private int attempts;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "How long the program may take for an answer. Default: 30s.")
  private Duration timeout = Duration.ZERO;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after so many events; 0 for never. Default: 0.")
  private int count;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      defaultValue = "${XDG_STATE_HOME:-${sys:user.home}/.local/state}/serai",
      description =
          "Where positions are saved. Default: $XDG_STATE_HOME/serai, else ~/.local/state/serai.")
  private Path stateDir = Path.of(".");

  @Override
  public Integer call() throws Exception {
    if (forward != null && (forward.getHost() == null || !isHttp(forward))) {
      throw new ParameterException(
          output.spec.commandLine(),
          "--forward is '%s'; it must be an address such as http://localhost:3000/webhooks"
              .formatted(forward));
    }
    Position position =
        new Position(
            stateDir,
            String.join(" ", api.url, "" + source, String.join(",", types), "" + forward));
    String cursor = from.equals("last") ? position.read() : null;
    String greeting =
        "Listening to %s%s%s"
            .formatted(
                api.url,
                cursor == null ? "" : ", going on where it left off",
                forward == null ? "" : ", forwarding to " + forward);
    HubStream stream = new HubStream(api, query(), cursor, greeting, this::report);
    Thread hub = Thread.ofVirtual().name("hub-stream").start(stream);
    try (Listener listener = new Listener(position, forwarder(), attempts, this::report)) {
      for (int done = 0; count == 0 || done < count; ) {
        StreamedEvent event = stream.take();
        if (event.isPlace()) {
          listener.pass(event);
          continue;
        }
        done++;
        long begin = System.nanoTime();
        if (event.sensitive() && forward != null) {
          report("%s is sensitive: it is not forwarded".formatted(event.id()));
        }
        int status = listener.deliver(event);
        print(event, status, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
      }
      return 0;
    } finally {
      hub.interrupt();
    }
  }

  private @Nullable Forwarder forwarder() {
    return forward == null ? null : new Forwarder(forward, timeout, sign, api);
  }

  private static boolean isHttp(URI uri) {
    return List.of("http", "https").contains(String.valueOf(uri.getScheme()));
  }

  private Map<String, @Nullable Object> query() {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("source", source);
    query.put("type", types.isEmpty() ? null : String.join(",", types));
    query.put("from", from.equals("last") ? "now" : from);
    return query;
  }

  private void print(StreamedEvent event, int status, long millis) throws IOException {
    if (output.json) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("id", event.id());
      line.put("source", event.source());
      line.put("type", event.type());
      line.put("status", status);
      line.put("millis", millis);
      output.out().println(ApiClient.JSON.writeValueAsString(line));
    } else {
      output
          .out()
          .println(
              String.format(
                      Locale.ROOT,
                      "%s  %-36s  %s  %s",
                      LocalTime.now().truncatedTo(ChronoUnit.SECONDS),
                      event.type(),
                      event.id(),
                      status == 0 ? "" : "%s  %s ms".formatted(status, millis))
                  .stripTrailing());
    }
  }

  private void report(String line) {
    output.progress().println("serai: " + line);
  }
}
