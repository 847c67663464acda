package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.cloud.google.GoogleHub;
import dev.serai.cloud.google.HttpFake;
import dev.serai.cloud.storage.ObjectException.BucketUnavailableException;
import dev.serai.cloud.storage.ObjectException.ObjectCorruptException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Is an object read as it was stored, or not to its end? */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoogleDownloadTest {

  private static final String MEDIA = "alt=media";

  private final StorageFake fake = StorageHub.fake();
  private final HttpFake http = GoogleHub.http();
  private final String folder = "download-" + UUID.randomUUID();
  private final byte[] bytes = new byte[3_000_000];
  private ObjectRoutes objects;

  @BeforeAll
  void load() throws Exception {
    objects = new ObjectRoutes(StorageHub.shared(), "assets");
    new Random(2).nextBytes(bytes);
  }

  @AfterAll
  void unload() throws Exception {
    objects.close();
  }

  @AfterEach
  void heal() {
    http.heal();
    fake.media.cuts.set(0);
  }

  private static Throwable root(Throwable thrown) {
    Throwable deepest = thrown;
    while (deepest.getCause() != null && !(deepest instanceof ObjectException)) {
      deepest = deepest.getCause();
    }
    return deepest;
  }

  private Throwable failed(String name) {
    return root(
        Objects.requireNonNull(
            objects.call("get", "", Map.of("name", folder + "/" + name)).getException()));
  }

  @Test
  void oneThatIsCutGoesOnBehindItsLastByte() throws Exception {
    objects.put(folder + "/cut", bytes);
    http.fail(1, MEDIA, 503, "");
    http.cut(1, MEDIA);
    fake.media.after = 1_000_000;
    fake.media.cuts.set(2);
    assertThat(objects.get(folder + "/cut")).isEqualTo(bytes);
    Map<String, String> part =
        Map.of("name", folder + "/cut", "offset", "500000", "length", "1500000");
    fake.media.cuts.set(1);
    assertThat(objects.done("get", "", part).getMessage().getBody(byte[].class))
        .hasSize(1_500_000)
        .startsWith(bytes[500_000], bytes[500_001])
        .endsWith(bytes[1_999_999]);
  }

  @Test
  void oneThatIsCutForGoodHasNoEnd() throws Exception {
    objects.put(folder + "/gone", bytes);
    fake.media.after = 1_000;
    fake.media.cuts.set(1);
    fake.pass(1, MEDIA);
    http.fail(10_000, MEDIA, 503, HttpFake.error(503, "backendError", "maintenance"));
    assertThat(failed("gone"))
        .isInstanceOf(BucketUnavailableException.class)
        .hasMessageContaining("'assets'")
        .hasMessageContaining("serai.buckets.assets");
  }

  @Test
  void oneThatIsReplacedAndCutWhileItIsReadSaysSo() throws Exception {
    objects.put(folder + "/replaced", bytes);
    fake.media.after = 1_000_000;
    fake.media.cuts.set(1);
    fake.pass(1, MEDIA);
    http.add(
        1,
        MEDIA,
        exchange -> {
          try {
            objects.put(folder + "/replaced", "new");
          } catch (Exception e) {
            throw new IOException(e);
          }
          exchange.close();
        });
    assertThat(failed("replaced"))
        .isInstanceOf(BucketUnavailableException.class)
        .hasMessageContaining("read it again");
    assertThat(objects.get(folder + "/replaced")).isEqualTo("new".getBytes());
  }

  @Test
  void oneThatIsReplacedBeforeItsFirstByteIsReadAnew() throws Exception {
    objects.put(folder + "/anew", "old");
    http.add(
        1,
        MEDIA,
        exchange -> {
          try {
            objects.put(folder + "/anew", "new");
          } catch (Exception e) {
            throw new IOException(e);
          }
          HttpFake.answer(exchange, 404, HttpFake.error(404, "notFound", "No such object"));
        });
    assertThat(objects.get(folder + "/anew")).isEqualTo("new".getBytes());
  }

  @Test
  void anAnswerThatBreaksOffIsAskedForAgain() throws Exception {
    String said = "/o/download-";
    objects.put(folder + "/half", "whole");
    http.cutAnswer(1, said, "{\"kind\":\"stor".getBytes(), 500);
    http.fail(1, said, 429, HttpFake.error(429, "rateLimitExceeded", "slow down"));
    http.fail(1, said, 500, "no JSON");
    assertThat(objects.get(folder + "/half")).isEqualTo("whole".getBytes());
  }

  @Test
  void aListGoesOnOverPagesThatAreShorterThanWasAskedFor() throws Exception {
    for (int i = 0; i < 5; i++) {
      objects.put(folder + "/list/" + i, "x");
    }
    fake.buckets.mostOfAPage = 1;
    try {
      Map<String, String> asked = Map.of("prefix", folder + "/list/", "after", folder + "/list/0");
      Map<?, ?> page = objects.done("list", "", asked).getMessage().getBody(Map.class);
      assertThat(page.get("count")).isEqualTo(3);
      assertThat(page.get("more")).isEqualTo(true);
      assertThat(page.get("next")).isEqualTo(folder + "/list/3");
    } finally {
      fake.buckets.mostOfAPage = 1_000;
    }
  }

  @Test
  void corruptedBytesAreNeverReadToTheirEnd() throws Exception {
    objects.put(folder + "/corrupt", bytes);
    FakeObject stored = Objects.requireNonNull(fake.buckets.find("assets", folder + "/corrupt"));
    byte[] wrong = bytes.clone();
    wrong[2_000_000] ^= 1;
    Files.write(stored.file, wrong);
    assertThat(failed("corrupt"))
        .isInstanceOf(ObjectCorruptException.class)
        .hasMessageContaining(folder + "/corrupt");
  }

  /** Camel's component gives both the content type. */
  @Test
  void trapOfCamelsStorageContentEncodingAndCacheControlAreWhatWasSaid() throws Exception {
    Map<String, String> said =
        Map.of(
            "name", folder + "/headers",
            "type", "text/csv",
            "encoding", "gzip",
            "cache", "private, max-age=60");
    objects.done("put", bytes, said);
    FakeObject stored = Objects.requireNonNull(fake.buckets.find("assets", folder + "/headers"));
    assertThat(stored.said("contentType")).isEqualTo("text/csv");
    assertThat(stored.said("contentEncoding")).isEqualTo("gzip");
    assertThat(stored.said("cacheControl")).isEqualTo("private, max-age=60");
    objects.put(folder + "/plain", "x");
    FakeObject plain = Objects.requireNonNull(fake.buckets.find("assets", folder + "/plain"));
    assertThat(plain.said("contentEncoding")).isEmpty();
    assertThat(plain.said("cacheControl")).isEmpty();
  }

  /**
   * Who does not ask for packed bytes gets others than were stored, and their checksum is wrong.
   */
  @Test
  void trapOfPackedObjectsTheyAreReadAsTheyWereStored() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write("text ".repeat(1_000).getBytes());
    }
    Map<String, String> said =
        Map.of("name", folder + "/packed", "type", "text/plain", "encoding", "gzip");
    objects.done("put", packed.toByteArray(), said);
    assertThat(objects.get(folder + "/packed")).isEqualTo(packed.toByteArray());
    Map<String, String> part = Map.of("name", folder + "/packed", "offset", "1", "length", "1");
    assertThat(objects.done("get", "", part).getMessage().getBody(byte[].class))
        .containsExactly(0x8b);
  }
}
