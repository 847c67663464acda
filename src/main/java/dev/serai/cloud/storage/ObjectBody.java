package dev.serai.cloud.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/** The bytes of a message's body, which are read once and not held where they are a stream. */
final class ObjectBody {

  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();

  private ObjectBody() {}

  /** Text in UTF-8, bytes, files and streams as they are, everything else as JSON. */
  static InputStream open(Exchange exchange) throws IOException {
    return switch (exchange.getMessage().getBody()) {
      case null ->
          throw new IllegalArgumentException(
              "object-put: there is no body; for an object without bytes give it an empty text");
      case InputStream stream -> stream;
      case byte[] bytes -> new ByteArrayInputStream(bytes);
      case String text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
      case Path file -> Files.newInputStream(file);
      case StreamCache cache -> converted(exchange, cache);
      case File file -> Files.newInputStream(file.toPath());
      case WrappedFile<?> file -> converted(exchange, file);
      case ByteBuffer buffer -> converted(exchange, buffer);
      case Reader reader -> converted(exchange, reader);
      case Object other -> new ByteArrayInputStream(JSON.writeValueAsBytes(other));
    };
  }

  private static InputStream converted(Exchange exchange, Object body) {
    return exchange.getContext().getTypeConverter().convertTo(InputStream.class, exchange, body);
  }
}
