package dev.serai.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A Lua script that Redis knows by its hash: sent whole only when Redis does not know it, as after
 * a restart or a {@code SCRIPT FLUSH}. It lies in {@code src/main/resources/redis/<name>.lua}.
 */
public final class Script {

  private final String text;
  private final String digest;

  private Script(String text) {
    this.text = text;
    this.digest = sha1(text);
  }

  /**
   * @throws IllegalArgumentException when there is no such script
   */
  public static Script of(String name) {
    String path = "/redis/%s.lua".formatted(name);
    try (InputStream file = Script.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalArgumentException("No script " + path);
      }
      return new Script(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it and waits for what it returns; one round trip unless Redis does not know it. */
  public <T> T run(
      StatefulRedisConnection<String, String> connection,
      ScriptOutputType type,
      List<String> keys,
      String... arguments) {
    String[] names = keys.toArray(String[]::new);
    try {
      return connection.sync().evalsha(digest, type, names, arguments);
    } catch (RedisNoScriptException unknown) {
      return connection.sync().eval(text, type, names, arguments);
    }
  }

  /** Runs it without waiting. */
  public <T> CompletionStage<T> start(
      StatefulRedisConnection<String, String> connection,
      ScriptOutputType type,
      List<String> keys,
      String... arguments) {
    String[] names = keys.toArray(String[]::new);
    return connection
        .async()
        .<T>evalsha(digest, type, names, arguments)
        .exceptionallyCompose(
            failure -> {
              if (isUnknown(failure)) {
                return connection.async().<T>eval(text, type, names, arguments);
              }
              return CompletableFuture.failedStage(failure);
            });
  }

  private static String sha1(String text) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha1.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }

  private static boolean isUnknown(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof RedisNoScriptException;
  }
}
