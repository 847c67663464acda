package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.cloud.storage.ObjectException.BucketUnavailableException;
import dev.serai.cloud.storage.ObjectException.ObjectCorruptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens when the disk or somebody at it does what it should not? */
class ObjectFaultsTest {

  private final TestHub hub = TestHub.shared();
  private final Path data = hub.data().toAbsolutePath().resolve("objects");
  private final String folder = "faults-" + UUID.randomUUID();

  private String name(String last) {
    return folder + "/" + last;
  }

  private Path bytes(String bucket, JsonNode object) {
    return data.resolve(bucket)
        .resolve(object.path("name").asText() + "~" + object.path("generation").asText());
  }

  private List<String> files(String bucket) throws IOException {
    try (Stream<Path> files = Files.list(data.resolve(bucket).resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Throwable root(Throwable thrown) {
    Throwable deepest = thrown;
    while (deepest.getCause() != null && !(deepest instanceof ObjectException)) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  @Test
  void anObjectCanBeLookedAt() throws Exception {
    try (ObjectRoutes objects = new ObjectRoutes(hub, "assets")) {
      objects.put(name("a.txt"), "old");
      JsonNode object = objects.put(name("a.txt"), "to look at");
      assertThat(bytes("assets", object)).hasContent("to look at");
      assertThat(data.resolve("assets").resolve(name("a.txt~.json"))).content().contains("crc32c");
      assertThat(files("assets")).hasSize(2);
      objects.done("delete", "", Map.of("name", name("a.txt")));
      assertThat(data.resolve("assets").resolve(folder)).doesNotExist();
    }
  }

  @Test
  void aCorruptedObjectIsNeverReadToItsEnd() throws Exception {
    try (ObjectRoutes objects = new ObjectRoutes(hub, "assets")) {
      JsonNode object = objects.put(name("flipped"), "right bytes");
      Files.writeString(bytes("assets", object), "wrong bytes");
      assertThat(root(objects.call("get", "", Map.of("name", name("flipped"))).getException()))
          .isInstanceOf(ObjectCorruptException.class)
          .hasMessageContaining("assets")
          .hasMessageContaining(name("flipped"))
          .hasMessageContaining(object.path("crc32c").asText());
      assertThat(Http.get(objects.sign("get", name("flipped"))).statusCode()).isEqualTo(500);

      JsonNode shorter = objects.put(name("shorter"), "right bytes");
      Files.writeString(bytes("assets", shorter), "right");
      assertThat(objects.call("get", "", Map.of("name", name("shorter"))).getException())
          .isInstanceOf(ObjectCorruptException.class)
          .hasMessageContaining("5 bytes, not 11");

      JsonNode lost = objects.put(name("lost"), "right bytes");
      Files.delete(bytes("assets", lost));
      assertThat(objects.call("get", "", Map.of("name", name("lost"))).getException())
          .isInstanceOf(ObjectCorruptException.class)
          .hasMessageContaining(bytes("assets", lost).toString());
    }
  }

  @Test
  void aFolderThatCantBeWrittenIsNamedAndTheOthersGoOn() throws Exception {
    Path bucket = data.resolve("evidence");
    Path aside = data.resolve("evidence-" + UUID.randomUUID());
    Files.createDirectories(bucket);
    try (ObjectRoutes evidence = new ObjectRoutes(hub, "evidence");
        ObjectRoutes assets = new ObjectRoutes(hub, "assets")) {
      evidence.put(name("before"), "x");
      Files.move(bucket, aside);
      try {
        Files.writeString(bucket, "a file is in the way");
        assertThat(evidence.call("put", "x", Map.of("name", name("a"))).getException())
            .isInstanceOf(BucketUnavailableException.class)
            .hasMessageContaining("'evidence'")
            .hasMessageContaining(bucket.toString())
            .hasMessageContaining("serai.data.dir");
        assets.put(name("meanwhile"), "x");
        JsonNode storage = Api.of(hub).get("/health/detailed").json().at("/components/storage");
        assertThat(storage.path("status").asText()).isEqualTo("DEGRADED");
        assertThat(storage.at("/details/evidence").asText()).contains(bucket.toString());
        assertThat(storage.at("/details/assets").asText()).isEqualTo("ok");
      } finally {
        Files.deleteIfExists(bucket);
        Files.move(aside, bucket);
      }
      assertThat(evidence.get(name("before"))).hasSize(1);
    }
  }

  /** A bucket whose folder was taken away begins anew. */
  @Test
  void aMissingFolderIsMade() throws Exception {
    Path aside = data.resolve("evidence-" + UUID.randomUUID());
    try (ObjectRoutes objects = new ObjectRoutes(hub, "evidence")) {
      objects.put(name("here"), "x");
      Files.move(data.resolve("evidence"), aside);
      assertThat(objects.done("list", "", Map.of()).getMessage().getBody(Map.class))
          .containsEntry("count", 0);
      objects.put(name("anew"), "x");
      assertThat(objects.get(name("anew"))).hasSize(1);
    }
  }

  @Test
  void aFullDiskIsSaidAndMakesNoHalfObject() throws Exception {
    Path bucket = Files.createDirectories(data.resolve("archive"));
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", bucket.toString()),
        "a small disk can be mounted here");
    try (ObjectRoutes objects = new ObjectRoutes(hub, "archive");
        ObjectRoutes others = new ObjectRoutes(hub, "assets")) {
      objects.put(name("kept"), "small");
      byte[] large = new byte[4 << 20];
      for (String what : List.of("kept", "new")) {
        assertThat(objects.call("put", large, Map.of("name", name(what))).getException())
            .isInstanceOf(BucketUnavailableException.class)
            .hasMessageContaining("'archive'")
            .hasMessageContaining("No space left");
      }
      others.put(name("meanwhile"), "x");
      assertThat(objects.get(name("kept"))).hasSize(5);
      assertThat(objects.call("get", "", Map.of("name", name("new"))).getException())
          .isInstanceOf(ObjectException.ObjectMissingException.class);
      assertThat(bucket.resolve("~new")).isEmptyDirectory();
      objects.put(name("kept"), "there is room");
    } finally {
      succeeds("umount", "--lazy", bucket.toString());
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }
}
