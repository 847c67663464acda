package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.TestHub;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of what does not belong into a bucket: links, broken uploads, what is left over? */
class LeftOversTest {

  private final TestHub hub = TestHub.shared();
  private final Path data = hub.data().toAbsolutePath().resolve("objects");
  private final String folder = "left-" + UUID.randomUUID();

  private String name(String last) {
    return folder + "/" + last;
  }

  private Path bytes(String bucket, JsonNode object) {
    return data.resolve(bucket)
        .resolve(object.path("name").asText() + "~" + object.path("generation").asText());
  }

  @Test
  void aLinkLeadsNowhere() throws Exception {
    Path outside = Files.createTempDirectory("outside");
    Files.writeString(outside.resolve("secret~.json"), "{}");
    try (ObjectRoutes objects = new ObjectRoutes(hub, "assets")) {
      JsonNode object = objects.put(name("real"), "x");
      Path within = data.resolve("assets").resolve(folder);
      Files.createSymbolicLink(within.resolve("link"), outside);
      for (String what : List.of("put", "get", "delete")) {
        assertThat(objects.call(what, "x", Map.of("name", name("link/secret"))).getException())
            .isInstanceOf(ObjectRefusedException.class)
            .hasMessageContaining("link");
      }
      assertThat(outside).isDirectoryContaining("glob:**secret~.json");
      Path file = bytes("assets", object);
      Files.delete(file);
      Files.createSymbolicLink(file, outside.resolve("secret~.json"));
      assertThat(objects.call("get", "x", Map.of("name", name("real"))).getException())
          .isInstanceOf(ObjectException.class);
    }
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws Exception {
    InputStream broken =
        new InputStream() {
          private int left = 100_000;

          @Override
          public int read() throws IOException {
            if (left-- <= 0) {
              throw new IOException("The sender is gone");
            }
            return 1;
          }
        };
    try (ObjectRoutes objects = new ObjectRoutes(hub, "backups")) {
      assertThat(objects.call("put", broken, Map.of("name", name("half"))).getException())
          .hasMessage("The sender is gone");
      assertThat(data.resolve("backups").resolve(folder)).doesNotExist();
      assertThat(data.resolve("backups/~new")).isEmptyDirectory();
    }
  }

  @Test
  void whatAKilledHubHasLeftIsRemoved() throws Exception {
    try (ObjectRoutes objects = new ObjectRoutes(hub, "backups")) {
      JsonNode object = objects.put(name("kept"), "x");
      Path scratch = data.resolve("backups/~new");
      Path old = Files.writeString(scratch.resolve("1.data"), "an upload that nobody goes on with");
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
      Path fresh = Files.writeString(scratch.resolve("2.data"), "an upload under way");
      Files.writeString(scratch.resolve("3.name"), name("kept"));
      Files.writeString(scratch.resolve("3.name.json"), "{}");
      Path older = bytes("backups", object).resolveSibling("kept~17");
      Files.writeString(older, "an older generation");
      try {
        BucketSettings names =
            new BucketSettings("evidence", "exports", "assets", "archive", "backups");
        new LocalObjects(data, names, Clock.systemUTC()).open();
        assertThat(old).doesNotExist();
        assertThat(older).doesNotExist();
        assertThat(scratch).isDirectoryNotContaining("glob:**3.name*");
        assertThat(fresh).exists();
        assertThat(objects.get(name("kept"))).hasSize(1);
      } finally {
        Files.deleteIfExists(fresh);
      }
    }
  }
}
