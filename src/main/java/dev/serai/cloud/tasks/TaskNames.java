package dev.serai.cloud.tasks;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names of tasks by Cloud Tasks' rules. */
public final class TaskNames {

  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{1,400}");
  private static final int KEPT = 300;
  private static final int HASH = 20;

  private TaskNames() {}

  /** A name as it is, if it keeps the rules; else one made of it, and no two alike. */
  public static String fitting(String name) {
    if (VALID.matcher(name).matches()) {
      return name;
    }
    String readable = name.replaceAll("[^A-Za-z0-9_-]", "-");
    return readable.substring(0, Math.min(KEPT, readable.length())) + "-" + hash(name);
  }

  /** The same name for the same text, and another for any other. */
  public static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
