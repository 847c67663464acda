package dev.serai.api;

import dev.serai.cloud.storage.StoredObject;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;

/** The headers of an object's answer, and the part of it that was asked for. */
final class ObjectAnswer {

  private ObjectAnswer() {}

  static String etag(StoredObject object) {
    return "\"" + object.generation() + "\"";
  }

  /** To browsers it is a file to keep, never a page: it was not the hub that wrote it. */
  static void headers(HttpServletResponse response, StoredObject object) {
    String name = object.name().substring(object.name().lastIndexOf('/') + 1);
    response.setContentType(object.contentType());
    response.setHeader(HttpHeaders.ETAG, etag(object));
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString());
    String cache = object.cacheControl();
    response.setHeader(HttpHeaders.CACHE_CONTROL, cache == null ? "private, no-cache" : cache);
    String encoding = object.contentEncoding();
    if (encoding != null) {
      response.setHeader(HttpHeaders.CONTENT_ENCODING, encoding);
    }
    response.setHeader("X-Serai-Crc32c", object.crc32c());
  }

  /**
   * The one part that a header asks for; null for all of it, as for what the hub does not know:
   * several parts, other units.
   *
   * @throws IllegalArgumentException if there is no such part
   */
  static @Nullable Part part(@Nullable String header, long size) {
    List<HttpRange> ranges;
    try {
      ranges = HttpRange.parseRanges(header);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (ranges.size() != 1) {
      return null;
    }
    long first = ranges.getFirst().getRangeStart(size);
    long last = ranges.getFirst().getRangeEnd(size);
    if (first > last) {
      throw new IllegalArgumentException("The object has %s bytes".formatted(size));
    }
    return new Part(first, last - first + 1);
  }

  /** Some bytes of an object. */
  record Part(long offset, long length) {
    String header(long size) {
      return "bytes %s-%s/%s".formatted(offset, offset + length - 1, size);
    }
  }
}
