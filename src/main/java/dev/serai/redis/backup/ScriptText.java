package dev.serai.redis.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A Lua script of {@code src/main/resources/redis}, for connections that carry bytes. */
final class ScriptText {

  private ScriptText() {}

  static String of(String name) {
    try (InputStream file = ScriptText.class.getResourceAsStream("/redis/%s.lua".formatted(name))) {
      if (file == null) {
        throw new IllegalArgumentException("No script " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
