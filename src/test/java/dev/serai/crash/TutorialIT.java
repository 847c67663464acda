package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Does the tutorial say what is true? Its blocks are done in their order, on the packaged jar: a
 * block that names a file is written to it, one of {@code bash} is run, and what it prints must be
 * what the block of {@code text} behind it shows, where {@code ...} stands for anything.
 */
class TutorialIT {

  private static final Path TUTORIAL = Path.of("docs", "tutorial.md");
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w*) ?(\\S*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private final HubProcess hub = new HubProcess("tutorial", Map.of("SERAI_API_KEYS", ""));

  @Test
  void everyStepDoesWhatItSays() throws Exception {
    Files.createSymbolicLink(hub.folder().resolve("target"), PackagedHub.folder());
    Files.createSymbolicLink(hub.folder().resolve("docs"), Path.of("docs").toAbsolutePath());
    List<Block> blocks = blocks();
    try (hub;
        Shell shell = new Shell(hub.folder(), environment())) {
      for (int i = 0; i < blocks.size(); i++) {
        Block block = blocks.get(i);
        Block next = i + 1 < blocks.size() ? blocks.get(i + 1) : block;
        if (!block.file().isEmpty()) {
          write(block);
        } else if (block.language().equals("bash")) {
          run(shell, block, next.language().equals("text") ? next.content() : "...");
        } else if (block.content().contains("spring-boot:run")) {
          hub.ensureReady();
        }
      }
    }
  }

  private static void run(Shell shell, Block block, String expected) {
    System.out.println("$ " + block.content());
    // What follows from a command may take a moment to be seen.
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              String printed = shell.run(block.content());
              System.out.println(printed);
              assertThat(normal(printed)).as(block.content()).matches(pattern(expected));
            });
  }

  /** Blanks and line ends are free, three dots stand for anything. */
  private static Pattern pattern(String expected) {
    String regex =
        Pattern.compile("\\.\\.\\.")
            .splitAsStream(normal(expected))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return Pattern.compile(expected.strip().endsWith("...") ? regex + ".*" : regex);
  }

  private static String normal(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private void write(Block block) throws IOException {
    Path file = hub.folder().resolve(block.file());
    Files.createDirectories(file.getParent());
    Files.writeString(file, block.content());
  }

  private Map<String, String> environment() {
    return Map.of(
        "PORT",
        Integer.toString(hub.port()),
        "PATH",
        Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH"));
  }

  private List<Block> blocks() throws IOException {
    String text = Files.readString(TUTORIAL);
    assertThat(text).contains("mvn spring-boot:run");
    return BLOCK
        .matcher(text)
        .results()
        .map(found -> new Block(found.group(1), found.group(2), here(found.group(3))))
        .toList();
  }

  private String here(String content) {
    return content.replace("localhost:8080", "localhost:" + hub.port());
  }

  private record Block(String language, String file, String content) {}
}
