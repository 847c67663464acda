package dev.serai.cloud.storage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.serai.cloud.google.HttpFake;
import dev.serai.cloud.storage.FakeBuckets.Refusal;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cloud Storage in this process: its JSON API with resumable uploads, and of its XML API what
 * signed addresses lead to.
 */
final class StorageFake {

  private static final String JSON = "/storage/v1/b/";
  private static final String UPLOAD = "/upload" + JSON;
  private static final String DOWNLOAD = "/download" + JSON;

  final FakeBuckets buckets = new FakeBuckets();
  final FakeIdentity identity = new FakeIdentity();

  /** What the account may not do, such as {@code exports storage.objects.create}. */
  final Set<String> denied = ConcurrentHashMap.newKeySet();

  final FakeUploads uploads = new FakeUploads(buckets);
  final FakeMedia media = new FakeMedia();
  private final HttpFake http;

  /** Whether requests must show a token. */
  private final boolean knowing;

  StorageFake(HttpFake http, boolean knowing, String... names) {
    this.http = http;
    this.knowing = knowing;
    http.serve(JSON, this::handle);
    http.serve(UPLOAD, this::handle);
    http.serve(DOWNLOAD, this::handle);
    http.serve(FakeIdentity.TOKENS, identity::token);
    for (String name : names) {
      buckets.add(name);
      http.serve("/" + name + "/", this::signed);
    }
  }

  /** Nothing happens to them: what is said next is for those behind. */
  void pass(int times, String text) {
    http.add(
        times,
        text,
        exchange -> {
          try (exchange) {
            handle(exchange);
          }
        });
  }

  /** They are done, but their answer does not come. */
  void loseAnswer(int times, String text) {
    http.add(
        times,
        text,
        exchange -> {
          handle(new Muted(exchange));
          exchange.close();
        });
  }

  /** They are cut after so many bytes of their body, which have arrived. */
  void cutBody(int times, String text, int after) {
    http.add(
        times,
        text,
        exchange -> {
          uploads.part(exchange, query(exchange), after);
          exchange.close();
        });
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      if (knowing && !identity.knows(exchange)) {
        throw new Refusal(401, "authError", "Invalid Credentials");
      }
      String path = exchange.getRequestURI().getRawPath();
      String[] parts = path.substring(path.indexOf(JSON) + JSON.length()).split("/", 3);
      String bucket = decoded(parts[0]);
      String name = parts.length < 3 ? "" : decoded(parts[2]);
      if (path.startsWith(UPLOAD)) {
        allow(bucket, "create");
        uploads.handle(exchange, bucket, query(exchange));
      } else if (name.isEmpty()) {
        allow(bucket, "list");
        HttpFake.answer(exchange, 200, buckets.list(bucket, query(exchange)).toString());
      } else if (parts[1].equals("iam")) {
        permissions(exchange, bucket);
      } else {
        object(exchange, bucket, name);
      }
    } catch (Refusal e) {
      HttpFake.answer(exchange, e.status, HttpFake.error(e.status, e.reason, quoted(e)));
    }
  }

  private static String quoted(Refusal e) {
    return String.valueOf(e.getMessage()).replace("\"", "\\\"");
  }

  private void allow(String bucket, String what) throws Refusal {
    String permission = "storage.objects." + what;
    if (denied.contains(bucket + " " + permission)) {
      throw new Refusal(
          403,
          "forbidden",
          "%s does not have %s access to the Google Cloud Storage object."
              .formatted(FakeIdentity.EMAIL, permission));
    }
  }

  private void permissions(HttpExchange exchange, String bucket) throws IOException {
    buckets.bucket(bucket);
    ObjectNode answer = FakeObject.JSON.createObjectNode();
    ArrayNode granted = answer.putArray("permissions");
    Arrays.stream(exchange.getRequestURI().getQuery().split("&", -1))
        .filter(item -> item.startsWith("permissions="))
        .map(item -> item.substring("permissions=".length()))
        .filter(item -> !denied.contains(bucket + " " + item))
        .forEach(granted::add);
    HttpFake.answer(exchange, 200, answer.toString());
  }

  private void object(HttpExchange exchange, String bucket, String name) throws IOException {
    Map<String, String> query = query(exchange);
    if (exchange.getRequestMethod().equals("DELETE")) {
      allow(bucket, "delete");
      buckets.delete(bucket, name, query.getOrDefault("ifGenerationMatch", ""));
      HttpFake.answer(exchange, 204, "");
      return;
    }
    allow(bucket, "get");
    FakeObject found = buckets.get(bucket, name, query.get("generation"));
    if ("media".equals(query.get("alt"))) {
      media.send(exchange, found);
    } else {
      HttpFake.answer(exchange, 200, found.resource(bucket).toString());
    }
  }

  private void signed(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange);
    String[] path = exchange.getRequestURI().getRawPath().split("/", 3);
    String bucket = path[1];
    String name = decoded(path[2]);
    try {
      identity.verify(exchange, query);
      if (exchange.getRequestMethod().equals("PUT")) {
        uploads.simple(exchange, bucket, name);
        HttpFake.answer(exchange, 200, "");
      } else {
        String disposition = query.get("response-content-disposition");
        if (disposition != null) {
          exchange.getResponseHeaders().set("Content-Disposition", disposition);
        }
        media.send(exchange, buckets.get(bucket, name, null));
      }
    } catch (Refusal e) {
      HttpFake.answer(exchange, e.status, "<Error><Code>%s</Code></Error>".formatted(e.reason));
    }
  }

  static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new HashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String item : raw == null ? new String[0] : raw.split("&", -1)) {
      int equals = item.indexOf('=');
      query.put(
          item.substring(0, Math.max(equals, 0)),
          URLDecoder.decode(item.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return query;
  }
}
