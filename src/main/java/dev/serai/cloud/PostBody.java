package dev.serai.cloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Turns a message's body into the bytes that are signed and sent. */
public final class PostBody {

  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();

  private PostBody() {}

  /** Text in UTF-8, bytes as they are, everything else as JSON. */
  public static byte[] bytes(@Nullable Object body) throws IOException {
    return switch (body) {
      case null -> new byte[0];
      case byte[] bytes -> bytes;
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      default -> JSON.writeValueAsBytes(body);
    };
  }
}
