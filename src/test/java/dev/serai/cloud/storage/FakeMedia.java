package dev.serai.cloud.storage;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.serai.cloud.storage.FakeBuckets.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** The bytes of objects, as {@link StorageFake} sends them. */
final class FakeMedia {

  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  /** How many answers are cut, and after how many bytes. */
  final AtomicInteger cuts = new AtomicInteger();

  volatile long after;

  void send(HttpExchange exchange, FakeObject object) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", object.said("contentType"));
    headers.set("X-Goog-Generation", "" + object.generation);
    headers.set("X-Goog-Hash", "crc32c=" + object.checksum);
    if (!object.said("cacheControl").isEmpty()) {
      headers.set("Cache-Control", object.said("cacheControl"));
    }
    String accepted = String.valueOf(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
    if (object.said("contentEncoding").equals("gzip") && !accepted.contains("gzip")) {
      // Whoever does not say that it may be packed gets it unpacked, and no part of it.
      exchange.sendResponseHeaders(200, 0);
      try (InputStream in = new GZIPInputStream(Files.newInputStream(object.file));
          OutputStream out = exchange.getResponseBody()) {
        in.transferTo(out);
      }
      return;
    }
    if (!object.said("contentEncoding").isEmpty()) {
      headers.set("Content-Encoding", object.said("contentEncoding"));
    }
    long from = 0;
    long end = object.size();
    String range = exchange.getRequestHeaders().getFirst("Range");
    Matcher asked = RANGE.matcher(range == null ? "" : range);
    if (asked.matches()) {
      from = Long.parseLong(asked.group(1));
      if (from >= end) {
        throw new Refusal(416, "requestedRangeNotSatisfiable", "Request range not satisfiable");
      }
      if (!asked.group(2).isEmpty()) {
        end = Math.min(end, Long.parseLong(asked.group(2)) + 1);
      }
      headers.set("Content-Range", "bytes %s-%s/%s".formatted(from, end - 1, object.size()));
    }
    exchange.sendResponseHeaders(asked.matches() ? 206 : 200, end == from ? -1 : end - from);
    if (end > from) {
      try (InputStream in = Files.newInputStream(object.file);
          OutputStream out = exchange.getResponseBody()) {
        in.skipNBytes(from);
        boolean cut = cuts.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        copy(in, out, cut ? Math.min(after, end - from) : end - from);
        if (cut) {
          out.flush();
          exchange.close();
        }
      }
    }
  }

  private static void copy(InputStream in, OutputStream out, long length) throws IOException {
    byte[] buffer = new byte[64 << 10];
    long left = length;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      out.write(buffer, 0, read);
      left -= read;
    }
  }
}
