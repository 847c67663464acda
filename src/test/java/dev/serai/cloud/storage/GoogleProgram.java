package dev.serai.cloud.storage;

import dev.serai.cloud.google.Accounts;
import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleSettings;
import dev.serai.cloud.google.HttpFake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A process of its own that uses Cloud Storage, with little memory or until somebody kills it. */
final class GoogleProgram {

  static final int NAMES = 3;

  /** So that it takes two parts. */
  static final int SIZE = 9_000_000;

  private static final byte[] BLOCK = new byte[1 << 20];

  static {
    new Random(7).nextBytes(BLOCK);
  }

  private GoogleProgram() {}

  static GoogleObjects objects(String endpoint, String credentials) {
    GoogleSettings settings =
        new GoogleSettings(
            "acme-test-1",
            credentials,
            endpoint,
            "",
            "",
            "",
            "",
            Duration.ofSeconds(30),
            Duration.ofMinutes(1));
    GoogleAccount account = Accounts.of(settings);
    return new GoogleObjects(
        new BucketSettings("evidence", "exports", "assets", "archive", "backups"),
        new GoogleStorage(settings, account));
  }

  /** Starts it against a server. */
  static Process start(HttpFake http, StorageFake fake, List<String> options, String... arguments)
      throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classes,
            GoogleProgram.class.getName(),
            http.url(),
            fake.identity.file(http).toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  static String name(int number) {
    return "folder/object-" + number;
  }

  private static Upload upload(String name, InputStream in) {
    return new Upload(
        name, in, Long.MAX_VALUE, null, true, "application/octet-stream", null, null, Map.of());
  }

  /**
   * @param arguments address, credentials, and the megabytes of an object that goes up and down;
   *     without these it stores and deletes the same few until it is killed
   */
  public static void main(String[] arguments) throws IOException {
    GoogleObjects objects = objects(arguments[0], arguments[1]);
    if (arguments.length > 2) {
      large(objects, Integer.parseInt(arguments[2]));
      return;
    }
    for (int i = 1; ; i++) {
      int name = i % NAMES;
      if (i % 7 == 0) {
        objects.delete("exports", name(name), 0);
        System.out.println(name + " gone");
      } else {
        byte[] bytes = new byte[SIZE + i % 100];
        Arrays.fill(bytes, (byte) (i % 100));
        objects.put("exports", upload(name(name), new ByteArrayInputStream(bytes)));
        System.out.println(name + " " + i % 100);
      }
    }
  }

  private static void large(GoogleObjects objects, int megabytes) throws IOException {
    long began = System.nanoTime();
    List<InputStream> blocks =
        IntStream.range(0, megabytes)
            .<InputStream>mapToObj(i -> new ByteArrayInputStream(BLOCK))
            .toList();
    InputStream in = new SequenceInputStream(Collections.enumeration(blocks));
    StoredObject stored = objects.put("exports", upload("large", in));
    long up = System.nanoTime();
    long read = 0;
    try (InputStream back = objects.read("exports", "large").in()) {
      byte[] buffer = new byte[1 << 16];
      for (int length = back.read(buffer); length >= 0; length = back.read(buffer)) {
        read += length;
      }
    }
    System.out.printf(
        "%s bytes up in %s ms and %s down in %s ms%n",
        stored.size(),
        Duration.ofNanos(up - began).toMillis(),
        read,
        Duration.ofNanos(System.nanoTime() - up).toMillis());
  }
}
