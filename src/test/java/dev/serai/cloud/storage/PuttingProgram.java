package dev.serai.cloud.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;

/** Stores the same few objects over and over, until somebody kills it. */
final class PuttingProgram {

  static final int NAMES = 3;
  static final int SIZE = 100_000;

  private PuttingProgram() {}

  static LocalObjects objects(Path folder) {
    BucketSettings names =
        new BucketSettings("evidence", "exports", "assets", "archive", "backups");
    return new LocalObjects(folder, names, Clock.systemUTC());
  }

  static String name(int number) {
    return "folder/object-" + number;
  }

  /** Whoever reads it knows whether it is one object, and which. */
  static Upload upload(int name, int content) {
    byte[] bytes = new byte[SIZE + content];
    Arrays.fill(bytes, (byte) content);
    return new Upload(
        name(name),
        new ByteArrayInputStream(bytes),
        Long.MAX_VALUE,
        null,
        true,
        "application/octet-stream",
        null,
        null,
        Map.of("content", Integer.toString(content)));
  }

  /**
   * Stores, deletes now and then, and says after each what is certain now.
   *
   * @param arguments the folder
   */
  public static void main(String[] arguments) throws IOException {
    LocalObjects objects = objects(Path.of(arguments[0]));
    for (int i = 1; ; i++) {
      int name = i % NAMES;
      if (i % 7 == 0) {
        objects.delete("exports", name(name), 0);
        System.out.println(name + " gone");
      } else {
        objects.put("exports", upload(name, i % 100));
        System.out.println(name + " " + i % 100);
      }
    }
  }
}
