package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** The packaged hub in a process of its own, with a folder of its own under {@code target/it}. */
final class HubProcess implements AutoCloseable {

  /** The resource of {@link #shared}: tests that disturb it take turns. */
  static final String SHARED = "shared hub";

  /** What a start may take on a machine that is busy with other things. */
  static final Duration START = Duration.ofSeconds(90);

  private static final Path ROOT = Path.of("target", "it").toAbsolutePath();

  private final Path folder;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final int port;
  private Process process;
  private int launches;

  private static final class Shared {
    private static final HubProcess HUB = new HubProcess("shared", Map.of());
  }

  /** One running hub for all questions that leave it as they found it. */
  static HubProcess shared() throws IOException {
    Shared.HUB.ensureReady();
    Ledger.of(Shared.HUB).create();
    return Shared.HUB;
  }

  /** Prepares a hub with routes of its own; it is not started. */
  HubProcess(String name, Map<String, String> settings) {
    folder = ROOT.resolve(name + "-" + ProcessHandle.current().pid());
    try (var probe = new ServerSocket(0)) {
      port = probe.getLocalPort();
      FileSystemUtils.deleteRecursively(folder);
      Files.createDirectories(folder);
      for (String routes : List.of("policies", "webhooks", "kamelets")) {
        FileSystemUtils.copyRecursively(
            Path.of("routes", routes), folder.resolve("routes").resolve(routes));
      }
      FileSystemUtils.copyRecursively(
          Path.of("src", "test", "resources", "crash"), folder.resolve("routes/handlers"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    environment.put("PORT", Integer.toString(port));
    environment.put("SERAI_ENV", "dev");
    environment.put("SERAI_DATA_DIR", data().toString());
    environment.put("SERAI_ROUTES_DIR", folder.resolve("routes").toString());
    environment.put("SERAI_EMBEDDED_BINARIES_DIR", ROOT.resolve("bin").toString());
    environment.put("SERAI_STRIPE_SECRETS", TestHub.STRIPE_SECRET);
    environment.put("SERAI_API_KEYS", TestHub.API_KEY);
    environment.putAll(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  HubProcess launch() throws IOException {
    return launch(PackagedHub.command());
  }

  HubProcess launch(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("SERAI_") || name.contains("JAVA"));
    builder.environment().putAll(environment);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    launches++;
    process = builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())).start();
    return this;
  }

  /** Starts it unless it runs, again if it dies on the way, and returns when it is ready. */
  HubProcess ensureReady() throws IOException {
    if (!isAlive()) {
      launch();
    }
    int most = launches + 3;
    long end = System.nanoTime() + START.toNanos() * 2;
    while (!isReady()) {
      assertThat(System.nanoTime()).as(() -> "Not ready: " + tail()).isLessThan(end);
      if (!isAlive()) {
        assertThat(launches).as(() -> "Starts and dies: " + tail()).isLessThan(most);
        launch();
      }
      await().pollDelay(Duration.ofMillis(50)).until(() -> true);
    }
    return this;
  }

  int launches() {
    return launches;
  }

  boolean isReady() {
    try {
      return isAlive() && get("/health/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  HttpResponse<String> get(String path) throws IOException {
    return Calls.send(this, "GET", path);
  }

  String health() throws IOException {
    return get("/health/detailed").body();
  }

  long pid() {
    return process.pid();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  StripeSender sender() {
    return new StripeSender(url(), TestHub.STRIPE_SECRET);
  }

  /** Its working directory, with {@code routes} and {@code data}. */
  Path folder() {
    return folder;
  }

  Path data() {
    return folder.resolve("data");
  }

  private Path log() {
    return folder.resolve("hub.log");
  }

  String output() throws IOException {
    return Files.readString(log());
  }

  String tail() {
    try {
      List<String> lines = output().lines().filter(line -> !line.startsWith("\tat ")).toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  void kill9() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /**
   * @param name such as STOP and CONT
   */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
  }

  void terminate() {
    process.destroy();
  }

  /** Returns the status it ended with. */
  int awaitExit(Duration patience) throws InterruptedException {
    assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
        .as(() -> "It still runs: " + tail())
        .isTrue();
    return process.exitValue();
  }

  OptionalLong postgres() {
    return Servers.pid(data().resolve("postgres/data/postmaster.pid"));
  }

  OptionalLong redis() {
    return Servers.pid(data().resolve("redis/redis.pid"));
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
    Servers.kill9(postgres());
    Servers.kill9(redis());
    FileSystemUtils.deleteRecursively(data().toFile());
  }
}
