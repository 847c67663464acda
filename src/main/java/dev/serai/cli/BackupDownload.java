package dev.serai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings a backup into a file, and looks whether it is whole before it gets its name. */
final class BackupDownload {

  /** The last line has the count and a hash: it is far shorter. */
  private static final int LONGEST_END = 4_096;

  private final ApiClient api;

  BackupDownload(ApiClient api) {
    this.api = api;
  }

  /** Returns how many keys it has. */
  long write(String path, Map<String, ? extends @Nullable Object> query, Path file)
      throws IOException {
    if (Files.exists(file)) {
      throw new IllegalArgumentException("%s is there already".formatted(file));
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    create(part);
    try (InputStream in = new Transfer(api).download(path, query)) {
      long keys = copy(in, part);
      Files.move(part, file);
      return keys;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** For its owner alone from the beginning: there may be sessions in it. */
  private static void create(Path part) throws IOException {
    if (part.toAbsolutePath().getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(part);
    }
  }

  private static long copy(InputStream in, Path part) throws IOException {
    MessageDigest hash = sha256();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    byte[] last = {};
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(part, StandardOpenOption.WRITE))) {
      int read = in.read(buffer);
      while (read >= 0) {
        out.write(buffer, 0, read);
        int from = 0;
        for (int i = 0; i < read; i++) {
          if (buffer[i] == '\n') {
            hash.update(last);
            line.write(buffer, from, i + 1 - from);
            last = line.toByteArray();
            line.reset();
            from = i + 1;
          }
        }
        line.write(buffer, from, read - from);
        read = in.read(buffer);
      }
    }
    if (line.size() > 0) {
      throw new IOException("The backup is cut off");
    }
    return keys(last, HexFormat.of().formatHex(hash.digest()));
  }

  private static long keys(byte[] last, String hash) throws IOException {
    JsonNode end = end(last);
    if (!end.path("sha256").asText().equals(hash)) {
      throw new IOException("The backup is not whole; the hub's log says why");
    }
    return end.path("keys").asLong();
  }

  private static JsonNode end(byte[] last) throws IOException {
    try {
      return ApiClient.JSON.readTree(Arrays.copyOf(last, Math.min(last.length, LONGEST_END)));
    } catch (JsonProcessingException e) {
      return ApiClient.JSON.createObjectNode();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
