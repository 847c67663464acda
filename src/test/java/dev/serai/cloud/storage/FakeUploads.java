package dev.serai.cloud.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.serai.cloud.google.HttpFake;
import dev.serai.cloud.storage.FakeBuckets.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Uploads as {@link StorageFake} takes them. */
final class FakeUploads {

  private static final Pattern PART = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");

  private final FakeBuckets buckets;
  final Map<String, FakeObject> sessions = new ConcurrentHashMap<>();

  /** How many uploads end with a byte more than was sent. */
  final AtomicInteger spoiled = new AtomicInteger();

  FakeUploads(FakeBuckets buckets) {
    this.buckets = buckets;
  }

  void handle(HttpExchange exchange, String bucket, Map<String, String> query) throws IOException {
    if (query.containsKey("upload_id")) {
      resume(exchange, bucket, query.get("upload_id"));
    } else if ("resumable".equals(query.get("uploadType"))) {
      ObjectNode said =
          (ObjectNode) FakeObject.JSON.readTree(exchange.getRequestBody().readAllBytes());
      said.put("name", query.getOrDefault("name", said.path("name").asText()));
      String only = query.getOrDefault("ifGenerationMatch", "");
      buckets.precondition(bucket, said.path("name").asText(), only);
      String id = UUID.randomUUID().toString();
      sessions.put(id, new FakeObject(buckets.folder, said, only));
      exchange
          .getResponseHeaders()
          .set(
              "Location",
              "http://%s%s?uploadType=resumable&upload_id=%s"
                  .formatted(
                      exchange.getRequestHeaders().getFirst("Host"),
                      exchange.getRequestURI().getRawPath(),
                      id));
      HttpFake.answer(exchange, 200, "");
    } else {
      multipart(exchange, bucket, query.getOrDefault("ifGenerationMatch", ""));
    }
  }

  /** Takes the bytes of a request that breaks off. */
  void part(HttpExchange exchange, Map<String, String> query, int bytes) throws IOException {
    FakeObject session = Objects.requireNonNull(sessions.get(query.get("upload_id")));
    session.take(exchange.getRequestBody(), bytes);
    exchange.getRequestBody().readAllBytes();
  }

  private void resume(HttpExchange exchange, String bucket, String id) throws IOException {
    FakeObject session = sessions.get(id);
    if (session == null) {
      throw new Refusal(410, "gone", "No such upload session");
    }
    if (exchange.getRequestMethod().equals("DELETE")) {
      sessions.remove(id);
      HttpFake.answer(exchange, 499, "");
      return;
    }
    Matcher range = PART.matcher(exchange.getRequestHeaders().getFirst("Content-Range"));
    if (!range.matches()) {
      throw new Refusal(400, "invalid", "Content-Range");
    }
    if (session.generation == 0) {
      if (range.group(1) != null) {
        long first = Long.parseLong(range.group(1));
        if (first > session.size()) {
          throw new Refusal(503, "backendError", "a gap before " + first);
        }
        exchange.getRequestBody().skipNBytes(session.size() - first);
        session.take(
            exchange.getRequestBody(), Long.parseLong(range.group(2)) + 1 - session.size());
      }
      if (!range.group(3).equals("" + session.size())) {
        if (session.size() > 0) {
          exchange.getResponseHeaders().set("Range", "bytes=0-" + (session.size() - 1));
        }
        HttpFake.answer(exchange, 308, "");
        return;
      }
      commit(bucket, session, exchange.getRequestHeaders().getFirst("X-Goog-Hash"));
    }
    HttpFake.answer(exchange, 200, session.resource(bucket).toString());
  }

  private void commit(String bucket, FakeObject object, @Nullable String hash) throws IOException {
    spoil(object);
    buckets.commit(bucket, object, hash == null ? "" : hash.replace("crc32c=", ""));
  }

  private void spoil(FakeObject object) throws IOException {
    if (spoiled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      object.take(new ByteArrayInputStream(new byte[1]), 1);
    }
  }

  private void multipart(HttpExchange exchange, String bucket, String only) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    String boundary = "--" + type.replaceAll(".*boundary=\"?([^\";]+)\"?.*", "$1");
    byte[] all = exchange.getRequestBody().readAllBytes();
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int said = text.indexOf("\r\n\r\n") + 4;
    int saidEnd = text.indexOf("\r\n" + boundary, said);
    int bytes = text.indexOf("\r\n\r\n", saidEnd) + 4;
    int bytesEnd = text.lastIndexOf("\r\n" + boundary);
    byte[] json = text.substring(said, saidEnd).getBytes(StandardCharsets.ISO_8859_1);
    FakeObject object =
        new FakeObject(buckets.folder, (ObjectNode) FakeObject.JSON.readTree(json), only);
    object.take(new ByteArrayInputStream(all, bytes, bytesEnd - bytes), bytesEnd - bytes);
    spoil(object);
    String crc = object.said("crc32c");
    object.said.remove("md5Hash");
    buckets.commit(bucket, object, crc);
    HttpFake.answer(exchange, 200, object.resource(bucket).toString());
  }

  /** As the XML API has it. */
  void simple(HttpExchange exchange, String bucket, String name) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("x-goog-content-length-range");
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    if (range != null && bytes.length > Long.parseLong(range.split(",", 2)[1])) {
      throw new Refusal(400, "EntityTooLarge", "too large");
    }
    ObjectNode said = FakeObject.JSON.createObjectNode();
    said.put("name", name);
    said.put("contentType", exchange.getRequestHeaders().getFirst("Content-Type"));
    String only = exchange.getRequestHeaders().getFirst("x-goog-if-generation-match");
    FakeObject object = new FakeObject(buckets.folder, said, only == null ? "" : only);
    object.take(new ByteArrayInputStream(bytes), bytes.length);
    buckets.commit(bucket, object, "");
  }
}
