package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * How much memory does an object take that is larger than all of it? The hub has 64 MB beside what
 * it has at rest. 96 MB here; {@code -Dserai.object-mb=1024} is the long form.
 */
class LargeObjectIT {

  private static final int MEGABYTES = Integer.getInteger("serai.object-mb", 96);
  private static final long SIZE = (long) MEGABYTES << 20;
  private static final int EXTRA_MB = 64;
  private static final String SECRET = "a secret of the tests of objects 0123456789";
  private static final byte[] BLOCK = new byte[1 << 20];
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  static {
    new Random(7).nextBytes(BLOCK);
  }

  /** Reads the object by one Kamelet and stores it by another. */
  private static final String COPY =
      """
      - route:
          id: handler-copy
          from:
            uri: event
            parameters: {types: stripe.object.copied, timeout: 10m}
            steps:
              - to: {id: copy-get, uri: 'kamelet:object-get', parameters: {bucket: exports, name: large}}
              - to: {id: copy-put, uri: 'kamelet:object-put', parameters: {bucket: archive, name: copy}}
      """;

  @Test
  void itIsNotHeldInMemory() throws Exception {
    try (HubProcess hub = new HubProcess("large", Map.of("SERAI_OBJECTS_SECRETS", SECRET))) {
      Path routes = hub.folder().resolve("routes/handlers/copy.camel.yaml");
      Files.writeString(routes, COPY);
      hub.ensureReady();
      long atRest = (BacklogMemoryIT.liveBytes(hub) >> 20) + 1;
      hub.kill9();
      String most = "-Xmx%sm".formatted(atRest + EXTRA_MB);
      hub.launch(
          PackagedHub.command().stream()
              .map(option -> option.startsWith("-Xmx") ? most : option)
              .toList());
      hub.ensureReady();

      HttpRequest.BodyPublisher body =
          HttpRequest.BodyPublishers.fromPublisher(
              HttpRequest.BodyPublishers.ofInputStream(LargeObjectIT::large), SIZE);
      HttpRequest put =
          HttpRequest.newBuilder(address(hub, "PUT", "exports", "large")).PUT(body).build();
      long began = System.nanoTime();
      HttpResponse<String> stored = CLIENT.send(put, HttpResponse.BodyHandlers.ofString());
      long up = System.nanoTime();
      assertThat(stored.statusCode()).as(stored.body()).isEqualTo(201);
      String hash = hash(large());
      long down = System.nanoTime();
      assertThat(fetched(hub, "exports", "large")).isEqualTo(hash);
      long fetched = System.nanoTime();

      Ledger.of(hub).create();
      Load.post(hub, "object.copied");
      Path copy = hub.data().resolve("objects/archive/copy~.json");
      await().atMost(Duration.ofMinutes(5)).until(() -> Files.exists(copy));
      assertThat(fetched(hub, "archive", "copy")).isEqualTo(hash);
      assertThat(hub.output()).doesNotContain("OutOfMemoryError");
      System.out.printf(
          "%s MB up in %s ms and down in %s ms; at rest the heap has %s MB, and %s at most%n",
          MEGABYTES,
          Duration.ofNanos(up - began).toMillis(),
          Duration.ofNanos(fetched - down).toMillis(),
          atRest,
          most);
    }
  }

  private static InputStream large() {
    Stream<InputStream> blocks =
        IntStream.range(0, MEGABYTES).mapToObj(i -> new java.io.ByteArrayInputStream(BLOCK));
    return new SequenceInputStream(Collections.enumeration(blocks.toList()));
  }

  private static String fetched(HubProcess hub, String bucket, String name) throws Exception {
    HttpRequest get = HttpRequest.newBuilder(address(hub, "GET", bucket, name)).build();
    HttpResponse<InputStream> answer = CLIENT.send(get, HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return hash(answer.body());
  }

  private static String hash(InputStream in) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (in) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** By the words of docs/storage.md, not by our code. */
  private static URI address(HubProcess hub, String method, String bucket, String name)
      throws Exception {
    String most = method.equals("PUT") ? Long.toString(SIZE) : "0";
    String text =
        String.join(
            "\n", List.of("serai-object-1", method, bucket, name, "9999999999", "", most, "true"));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signature =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    return URI.create(
        "%s/objects/%s/%s?expires=9999999999&max_bytes=%s&signature=%s"
            .formatted(hub.url(), bucket, name, most, signature));
  }
}
