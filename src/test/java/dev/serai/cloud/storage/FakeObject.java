package dev.serai.cloud.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** An object of {@link StorageFake}, or what is there of it: its bytes are in a file. */
final class FakeObject {

  static final ObjectMapper JSON = new ObjectMapper();
  private static final int QUANTUM = 256 << 10;

  final Path file;
  final ObjectNode said;
  final String onlyGeneration;
  final Checksum checksum = new Checksum();
  long generation;

  /**
   * @param said its metadata
   * @param onlyGeneration ifGenerationMatch
   */
  FakeObject(Path folder, ObjectNode said, String onlyGeneration) throws IOException {
    this.file = Files.createTempFile(folder, "object", "");
    this.said = said;
    this.onlyGeneration = onlyGeneration;
  }

  long size() {
    return checksum.size();
  }

  /** Takes so many bytes at most; of what is cut, the service keeps multiples of 256 KB. */
  void take(InputStream in, long most) throws IOException {
    long announced = most;
    byte[] buffer = new byte[QUANTUM];
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      while (announced > 0) {
        int read = in.readNBytes(buffer, 0, (int) Math.min(QUANTUM, announced));
        if (read < Math.min(QUANTUM, announced)) {
          return;
        }
        checksum.update(buffer, 0, read);
        out.write(buffer, 0, read);
        announced -= read;
      }
    }
  }

  /** The object as Google's JSON has it. */
  ObjectNode resource(String bucket) {
    ObjectNode json = said.deepCopy();
    json.put("kind", "storage#object");
    json.put("bucket", bucket);
    json.put("size", Long.toString(size()));
    json.put("crc32c", checksum.toString());
    json.put("generation", Long.toString(generation));
    json.put("metageneration", "1");
    String created = Instant.EPOCH.plus(generation, ChronoUnit.MICROS).toString();
    json.put("timeCreated", created);
    json.put("updated", created);
    json.put("etag", "e" + generation);
    return json;
  }

  String said(String name) {
    return said.path(name).asText("");
  }
}
