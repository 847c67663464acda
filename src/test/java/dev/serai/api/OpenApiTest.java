package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.TestHub;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OpenApiTest {

  @Test
  void x() throws Exception {
    long t = System.nanoTime();
    Api.Answer a = Api.of(TestHub.shared()).get("/api/v1/openapi.json");
    System.out.println("OPENAPI " + a.status() + " ms " + (System.nanoTime() - t) / 1000000);
    Files.writeString(Path.of("target/openapi.json"), a.text());
    assertThat(a.status()).isEqualTo(200);
    a = Api.of(TestHub.shared()).get("/api/v1/openapi.json.yaml");
    System.out.println("YAML " + a.status());
  }
}
