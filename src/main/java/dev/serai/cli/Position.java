package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far a listener has come, in a file: it goes on from there when it is started again. */
final class Position {

  private final Path file;
  private final String listener;

  /**
   * @param listener what it listens to and forwards to; each has a position of its own
   */
  Position(Path folder, String listener) {
    this.file = folder.resolve("listen-%s.json".formatted(hash(listener)));
    this.listener = listener;
  }

  /** The place up to which all has been delivered; null for a new listener. */
  @Nullable String read() throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    JsonNode saved = ApiClient.JSON.readTree(Files.readAllBytes(file));
    return saved.hasNonNull("cursor") ? saved.path("cursor").asText() : null;
  }

  /** The old one stays until the new one is there as a whole. */
  void save(StreamedEvent event) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(
        next,
        ApiClient.JSON.writeValueAsBytes(
            Map.of("listener", listener, "event", event.id(), "cursor", event.cursor())));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
