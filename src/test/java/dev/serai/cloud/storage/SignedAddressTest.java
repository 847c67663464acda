package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.RawHttp;
import dev.serai.TestHub;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does an address open, for whom and how long? */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignedAddressTest {

  private final TestHub hub = TestHub.shared();
  private final String name = "signed-%s/caf\u00e9 100%%;?#&+.csv".formatted(UUID.randomUUID());
  private ObjectRoutes objects;

  @BeforeAll
  void load() throws Exception {
    objects = new ObjectRoutes(hub, "exports");
    Map<String, String> said = Map.of("name", name, "type", "text/html", "cache", "max-age=60");
    objects.done("put", "0123456789", said);
  }

  @AfterAll
  void unload() throws Exception {
    objects.close();
  }

  private static String cause(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    return answer.body().replaceAll("(?s).*\"cause\":\"([a-z_]+)\".*", "$1");
  }

  @Test
  void anObjectComesAsAFileAndNotAsAPage() throws Exception {
    HttpResponse<String> got = Http.get(objects.sign("get", name));
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.body()).isEqualTo("0123456789");
    Map<String, List<String>> headers = got.headers().map();
    assertThat(headers.get("Content-Type")).containsExactly("text/html");
    assertThat(headers.get("Content-Length")).containsExactly("10");
    assertThat(headers.get("Cache-Control")).containsExactly("max-age=60");
    assertThat(headers.get("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(got.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment;")
        .contains("caf%C3%A9%20100%25");
    String etag = got.headers().firstValue("ETag").orElse("");
    assertThat(Http.get(objects.sign("get", name), "If-None-Match", etag).statusCode())
        .isEqualTo(304);
  }

  @Test
  void aHeadAndAPartAreAnswered() throws Exception {
    String address = objects.sign("get", name);
    HttpResponse<String> head = Http.send("HEAD", address, HttpRequest.BodyPublishers.noBody());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains("10");
    HttpResponse<String> part = Http.get(address, "Range", "bytes=2-4");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("234");
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
    assertThat(Http.get(address, "Range", "bytes=-3").body()).isEqualTo("789");
    assertThat(Http.get(address, "Range", "bytes=10-").statusCode()).isEqualTo(416);
    assertThat(Http.get(address, "Range", "lines=1-2").body()).isEqualTo("0123456789");
  }

  @Test
  void whoeverChangesAnAddressIsRefused() throws Exception {
    String address = objects.sign("get", name);
    String put = objects.sign("put", name + ".new");
    for (String changed :
        List.of(
            address.replace("/exports/", "/evidence/"),
            address.replace(".csv?", ".cs?"),
            address.replace("expires=1", "expires=2"),
            address.substring(0, address.length() - 1) + (address.endsWith("A") ? "Q" : "A"),
            address.replaceAll("signature=.*", "signature=x"))) {
      HttpResponse<String> answer = Http.get(changed);
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(cause(answer)).isEqualTo("signature_mismatch");
    }
    assertThat(cause(Http.get(address.replaceAll("&signature=.*", ""))))
        .isEqualTo("signature_missing");
    assertThat(cause(Http.put(address, "x"))).isEqualTo("signature_missing");
    assertThat(cause(Http.put(put.replaceAll("max_bytes=[0-9]*", "max_bytes=9"), "x")))
        .isEqualTo("signature_mismatch");
    assertThat(cause(Http.put(put.replace("overwrite=false", "overwrite=true"), "x")))
        .isEqualTo("signature_mismatch");
    assertThat(cause(Http.get(put))).isEqualTo("signature_mismatch");
    assertThat(cause(Http.send("DELETE", put, HttpRequest.BodyPublishers.noBody())))
        .isEqualTo("method_not_allowed");
  }

  @Test
  void anAddressThatHasExpiredIsRefused() throws Exception {
    SignedAddresses addresses = hub.bean(SignedAddresses.class);
    long now = addresses.now().getEpochSecond();
    String old = addresses.of(new Permit("GET", "exports", name, now - 1, "", 0, true));
    HttpResponse<String> answer = Http.get(old);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(cause(answer)).isEqualTo("expired");
  }

  @Test
  void anUploadHasTheTypeAndTheSizeThatWereSigned() throws Exception {
    String csv = objects.sign("csv", name + ".up");
    HttpResponse<String> stored = Http.put(csv, "12345678", "Content-Type", "text/csv");
    assertThat(stored.statusCode()).isEqualTo(201);
    assertThat(stored.body()).contains("\"size\":8").contains("\"content_type\":\"text/csv\"");
    assertThat(Http.put(csv, "x", "Content-Type", "text/html").statusCode()).isEqualTo(415);
    assertThat(Http.put(csv, "123456789", "Content-Type", "text/csv").statusCode()).isEqualTo(413);
    HttpRequest.BodyPublisher chunked =
        HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[9]));
    HttpResponse<String> more = Http.send("PUT", csv, chunked, "Content-Type", "text/csv");
    assertThat(more.statusCode()).isEqualTo(413);
    assertThat(cause(more)).isEqualTo("too_large");
    assertThat(objects.get(name + ".up")).hasSize(8);
    HttpResponse<String> wrong =
        Http.put(csv, "x", "Content-Type", "text/csv", "X-Serai-Crc32c", "AAAAAA==");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(objects.get(name + ".up")).hasSize(8);
  }

  @Test
  void anAddressOfNothingSaysSo() throws Exception {
    HttpResponse<String> answer = Http.get(objects.sign("get", name + ".none"));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(cause(answer)).isEqualTo("missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/objects/exports/../../api-key",
        "/objects/exports/%2e%2e/%2e%2e/api-key",
        "/objects/exports/..%2f..%2fapi-key",
        "/objects/exports/%252e%252e/api-key",
        "/objects/exports//etc/passwd",
        "/objects/exports/a%00b",
        "/objects/exports/a%5c..%5cb",
        "/objects/exports/%c0%ae%c0%ae/api-key",
        "/objects/exports/a;/../../b",
        "/objects/exports",
        "/objects/exports/",
        "/objects/nobody/a",
        "/objects/exports/a%zz"
      })
  void aPathThatLeadsElsewhereOpensNothing(String path) throws Exception {
    RawHttp.Answer answer =
        RawHttp.exchange(
            hub,
            "GET %s?expires=9999999999&signature=abc HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                .formatted(path));
    assertThat(answer.status()).isIn(400, 401, 403, 404);
  }
}
