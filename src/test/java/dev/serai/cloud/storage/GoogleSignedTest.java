package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auth.ServiceAccountSigner;
import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleHub;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What does an address of Cloud Storage's open? It verifies signatures by the account's key. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoogleSignedTest {

  private final String name =
      "signed-%s/caf\u00e9 100%%;?#&+~*'().csv".formatted(UUID.randomUUID());
  private ObjectRoutes objects;

  @BeforeAll
  void load() throws Exception {
    objects = new ObjectRoutes(StorageHub.shared(), "exports");
    Map<String, String> said = Map.of("name", name, "type", "text/html", "cache", "max-age=60");
    objects.done("put", "0123456789", said);
  }

  @AfterAll
  void unload() throws Exception {
    objects.close();
  }

  @Test
  void anObjectWithAnyNameComesAsAFile() throws Exception {
    HttpResponse<String> got = Http.get(objects.sign("get", name));
    assertThat(got.statusCode()).as(got.body()).isEqualTo(200);
    assertThat(got.body()).isEqualTo("0123456789");
    assertThat(got.headers().firstValue("Cache-Control")).contains("max-age=60");
    assertThat(got.headers().firstValue("Content-Disposition").orElse(""))
        .startsWith("attachment;")
        .contains("caf%C3%A9%20100%25");
  }

  @Test
  void whoeverChangesAnAddressOrWhatIsSentWithItIsRefused() throws Exception {
    String get = objects.sign("get", name);
    for (String changed :
        new String[] {
          get.replace("100%25", "101%25"),
          get.replace("X-Goog-Expires=3600", "X-Goog-Expires=7200"),
          get.replace("exports", "assets")
        }) {
      assertThat(changed).isNotEqualTo(get);
      assertThat(Http.get(changed).statusCode()).isEqualTo(403);
    }
    assertThat(Http.put(get, "mine").statusCode()).isEqualTo(403);
    ObjectRoutes.Signed put = objects.signed("csv", name + "-put");
    assertThat(Http.put(put.address(), "x").statusCode()).as("without headers").isEqualTo(403);
    String[] larger = put.headers().clone();
    for (int i = 0; i < larger.length; i++) {
      larger[i] = larger[i].replace("0,8", "0,80").replace("text/csv", "text/html");
    }
    assertThat(Http.put(put.address(), "x", larger).statusCode()).isEqualTo(403);
    assertThat(Http.put(put.address(), "x", put.headers()).statusCode()).isEqualTo(200);
    FakeObject stored =
        Objects.requireNonNull(StorageHub.fake().buckets.find("exports", name + "-put"));
    assertThat(stored.said("contentType")).isEqualTo("text/csv");
  }

  @Test
  void aPutWithoutATypeIsBytesOfAnyKindAndTheResultSaysWhatToSend() throws Exception {
    JsonNode result =
        ObjectRoutes.result(objects.done("sign-put", "", Map.of("name", name + "-any")));
    assertThat(result.at("/headers/Content-Type").asText()).isEqualTo("application/octet-stream");
    assertThat(result.at("/headers/x-goog-content-length-range").asText()).isEqualTo("0,1048576");
    assertThat(result.at("/headers/x-goog-if-generation-match").asText()).isEqualTo("0");
    assertThat(result.toString()).doesNotContain("Signature");
  }

  @Test
  void anAddressEndsWhenItShould() throws Exception {
    Instant past = Instant.now().minus(Duration.ofHours(2));
    SignedRequest expired =
        new SignedRequest(
            "GET",
            "/exports/" + SignedRequest.path(name),
            Map.of("host", URI.create(GoogleHub.http().url()).getAuthority()),
            past,
            3_600);
    ServiceAccountSigner key =
        (ServiceAccountSigner)
            StorageHub.shared()
                .bean(GoogleAccount.class)
                .credentials("https://storage.googleapis.com");
    String address = GoogleHub.http().url() + expired.signed(key.getAccount(), Map.of(), key::sign);
    HttpResponse<String> got = Http.get(address);
    assertThat(got.statusCode()).isEqualTo(400);
    assertThat(got.body()).contains("ExpiredToken");
  }
}
