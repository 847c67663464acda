package dev.serai.cloud.topic;

import static org.awaitility.Awaitility.await;

import dev.serai.cloud.google.GoogleHub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Google's emulator of Pub/Sub: the one of {@code -Dpubsub.emulator} or PUBSUB_EMULATOR_HOST
 * ({@code host:port}; {@code in-process} for our own), or one that is started here if gcloud has
 * it.
 */
final class Emulator implements AutoCloseable {

  static final String MISSING =
      "Google's Pub/Sub emulator is not installed (neither PUBSUB_EMULATOR_HOST nor 'gcloud"
          + " components install pubsub-emulator'): topics were tried on the service in this"
          + " process only";

  private final String endpoint;
  private final @Nullable Process process;

  private Emulator(String endpoint, @Nullable Process process) {
    this.endpoint = endpoint;
    this.process = process;
  }

  String endpoint() {
    return endpoint;
  }

  /** None where there is none. */
  static Optional<Emulator> find() throws Exception {
    String named =
        System.getProperty(
            "pubsub.emulator", System.getenv().getOrDefault("PUBSUB_EMULATOR_HOST", ""));
    if (!named.isEmpty()) {
      return Optional.of(at(named));
    }
    Optional<Path> program = program();
    return program.isEmpty() ? Optional.empty() : Optional.of(start(program.get()));
  }

  static Emulator at(String named) {
    return new Emulator(
        named.equals("in-process") ? GoogleHub.grpc().url() : "http://" + named, null);
  }

  private static Optional<Path> program() throws Exception {
    Process asked;
    try {
      asked =
          new ProcessBuilder("gcloud", "info", "--format=value(installation.sdk_root)")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return Optional.empty();
    }
    String root = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    Path program = Path.of(root, "platform", "pubsub-emulator", "bin", "cloud-pubsub-emulator");
    return asked.waitFor() == 0 && Files.isExecutable(program)
        ? Optional.of(program)
        : Optional.empty();
  }

  private static Emulator start(Path program) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(program.toString(), "--host=127.0.0.1", "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () -> {
              new Socket(InetAddress.getLoopbackAddress(), port).close();
              return true;
            });
    return new Emulator("http://127.0.0.1:" + port, process);
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
