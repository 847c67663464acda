package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.cloud.google.GoogleHub;
import dev.serai.cloud.google.HttpFake;
import dev.serai.cloud.storage.ObjectException.BucketUnavailableException;
import dev.serai.cloud.storage.ObjectException.ObjectExistsException;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Is an upload whole or nothing, wherever it is cut? */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoogleUploadTest {

  private static final String START = "uploadType=resumable&name=";
  private static final String PART = "upload_id=";
  private static final String SMALL = "uploadType=multipart";

  private final StorageFake fake = StorageHub.fake();
  private final HttpFake http = GoogleHub.http();
  private final String folder = "upload-" + UUID.randomUUID();

  /** Three chunks. */
  private final byte[] large = new byte[20_000_000];

  private ObjectRoutes objects;

  @BeforeAll
  void load() throws Exception {
    objects = new ObjectRoutes(StorageHub.shared(), "assets");
    new Random(1).nextBytes(large);
  }

  @AfterAll
  void unload() throws Exception {
    objects.close();
  }

  @AfterEach
  void heal() {
    http.heal();
    fake.uploads.spoiled.set(0);
  }

  private Map<String, String> named(String name) {
    return Map.of("name", folder + "/" + name);
  }

  private Exception failed(String what, Object body, String name) {
    return objects.call(what, body, named(name)).getException();
  }

  private InputStream stream() {
    return new ByteArrayInputStream(large);
  }

  private void isStored(String name) throws Exception {
    assertThat(objects.get(folder + "/" + name)).isEqualTo(large);
  }

  private void isMissing(String name) throws Exception {
    assertThat(fake.buckets.find("assets", folder + "/" + name)).isNull();
  }

  @Test
  void oneThatIsCutGoesOnWhereItHasGotTo() throws Exception {
    http.fail(1, START, 429, HttpFake.error(429, "rateLimitExceeded", "slow down"));
    http.cut(1, START);
    fake.cutBody(1, PART, 3_000_000);
    fake.pass(1, PART);
    fake.cutBody(1, PART, 100);
    http.fail(2, PART, 503, HttpFake.error(503, "backendError", "busy"));
    fake.pass(3, PART);
    http.fail(1, PART, 500, "no JSON");
    objects.done("put", stream(), named("cut"));
    isStored("cut");
  }

  @Test
  void anAnswerThatIsLostIsFoundAgainAndIsNoOtherObject() throws Exception {
    fake.pass(2, PART);
    fake.loseAnswer(1, PART);
    Exchange done = objects.done("once", stream(), named("lost"));
    isStored("lost");
    assertThat(ObjectRoutes.result(done).path("metadata")).isEmpty();

    fake.loseAnswer(1, SMALL);
    JsonNode small = ObjectRoutes.result(objects.done("once", "mine", named("small")));
    assertThat(ObjectRoutes.result(objects.done("get", "", named("small")))).isEqualTo(small);
    assertThat(small.path("metadata")).isEmpty();
    fake.loseAnswer(1, SMALL);
    assertThat(failed("once", "another", "small")).isInstanceOf(ObjectExistsException.class);
    assertThat(failed("once", stream(), "small")).isInstanceOf(ObjectExistsException.class);
    assertThat(objects.get(folder + "/small")).isEqualTo("mine".getBytes());
  }

  @Test
  void whoComesFirstWhileAnUploadIsUnderWayKeepsTheName() throws Exception {
    fake.pass(1, PART);
    http.add(
        1,
        PART,
        exchange -> {
          try {
            objects.put(folder + "/raced", "first");
          } catch (Exception e) {
            throw new IOException(e);
          }
          exchange.getRequestBody().readAllBytes();
          exchange.close();
        });
    assertThat(failed("once", stream(), "raced")).isInstanceOf(ObjectExistsException.class);
    assertThat(objects.get(folder + "/raced")).isEqualTo("first".getBytes());
  }

  @Test
  void aSourceThatIsCutUploadsNothing() throws Exception {
    objects.put(folder + "/source", "old");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the source is cut");
          }
        };
    int sessions = fake.uploads.sessions.size();
    for (String name : new String[] {"source", "source-new"}) {
      assertThat(failed("put", new SequenceInputStream(stream(), broken), name))
          .hasMessage("the source is cut");
    }
    assertThat(objects.get(folder + "/source")).isEqualTo("old".getBytes());
    isMissing("source-new");
    assertThat(fake.uploads.sessions).as("both are cancelled").hasSize(sessions);
  }

  @Test
  void bytesThatChangeOnTheirWayAreRefusedAndTheOldOnesStay() throws Exception {
    objects.put(folder + "/spoiled", "old");
    for (Object body : new Object[] {"small", stream()}) {
      fake.uploads.spoiled.set(1);
      assertThat(failed("put", body, "spoiled"))
          .isInstanceOf(ObjectRefusedException.class)
          .hasMessageContaining("CRC32C");
    }
    assertThat(objects.get(folder + "/spoiled")).isEqualTo("old".getBytes());
    fake.uploads.spoiled.set(1);
    assertThat(failed("put", "small", "spoiled-new")).isInstanceOf(ObjectRefusedException.class);
    isMissing("spoiled-new");
  }

  @Test
  void oneThatGetsNoAnswerEndsInTimeAndLeavesNothing() throws Exception {
    fake.pass(1, PART);
    http.slow(100, PART, Duration.ofSeconds(8));
    assertThat(failed("put", stream(), "slow"))
        .isInstanceOf(BucketUnavailableException.class)
        .hasMessageContaining("'assets'")
        .hasMessageContaining("serai.buckets.assets");
    http.heal();
    http.fail(1_000, SMALL, 503, HttpFake.error(503, "backendError", "maintenance"));
    assertThat(failed("put", "small", "slow"))
        .isInstanceOf(BucketUnavailableException.class)
        .hasMessageContaining("maintenance");
    isMissing("slow");
  }

  @Test
  void oneThatTheServiceHasForgottenMayBeTriedAgain() throws Exception {
    fake.pass(1, PART);
    http.add(
        1,
        PART,
        exchange -> {
          fake.uploads.sessions.clear();
          HttpFake.answer(exchange, 503, "");
        });
    assertThat(failed("put", stream(), "forgotten"))
        .isInstanceOf(BucketUnavailableException.class)
        .hasMessageContaining("forgotten");
    isMissing("forgotten");
    objects.done("put", stream(), named("forgotten"));
    isStored("forgotten");
  }

  @Test
  void tokensThatExpireAreRenewedAlsoInMidUpload() throws Exception {
    fake.identity.expire();
    objects.put(folder + "/token", "small");
    fake.pass(1, PART);
    http.add(
        1,
        PART,
        exchange -> {
          fake.identity.expire();
          HttpFake.answer(exchange, 401, HttpFake.error(401, "authError", "Invalid Credentials"));
        });
    objects.done("put", stream(), named("token"));
    isStored("token");
    fake.identity.expire();
    assertThat(objects.get(folder + "/token")).hasSize(large.length);
  }
}
