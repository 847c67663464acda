package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How does one get at what jobs have written? */
class DocumentsTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private final String kind = "k" + UUID.randomUUID();

  @BeforeEach
  void write() {
    hub.database()
        .sql(
            """
            insert into serai.document (kind, workspace, period, data, html)
            select :kind, w, p, jsonb_build_object('of', w), '<!doctype html><p>' || w || ' é'
            from unnest(array['acme', 'a/b c', '*']) as w, unnest(array['2026-10', '2026-11']) as p
            """)
        .param("kind", kind)
        .update();
  }

  @Test
  void theListingHasThemPageByPage() throws Exception {
    List<String> all = names(api.get("/api/v1/documents?kind=" + kind).json());
    assertThat(all).hasSize(6).startsWith("2026-11 acme", "2026-11 a/b c", "2026-11 *");
    JsonNode first = api.get("/api/v1/documents?limit=4&kind=" + kind).json();
    JsonNode second =
        api.get(
                "/api/v1/documents?limit=4&kind=%s&cursor=%s"
                    .formatted(
                        kind,
                        URLEncoder.encode(first.path("next").asText(), StandardCharsets.UTF_8)))
            .json();
    assertThat(names(first)).isEqualTo(all.subList(0, 4));
    assertThat(names(second)).isEqualTo(all.subList(4, 6));
    assertThat(second.path("next").isMissingNode()).isTrue();
    assertThat(names(api.get("/api/v1/documents?workspace=acme&kind=" + kind).json())).hasSize(2);
  }

  @Test
  void oneIsDataOrAPage() throws Exception {
    String path = "/api/v1/documents/" + kind + "/acme/2026-11";
    assertThat(api.get(path).json().at("/data/of").asText()).isEqualTo("acme");
    Api.Answer page = api.get(path + "/html");
    assertThat(page.text()).isEqualTo("<!doctype html><p>acme é");
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment")
        .contains("-acme-2026-11.html");
    assertThat(api.get("/api/v1/documents/" + kind + "/*/2026-10").json().at("/data/of").asText())
        .isEqualTo("*");
  }

  @Test
  void whatIsNotThereIsNamed() throws Exception {
    Api.Answer answer = api.get("/api/v1/documents/" + kind + "/nobody/2026-11");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.text()).contains(kind + "/nobody/2026-11");
    assertThat(api.get("/api/v1/documents?knd=x").status()).isEqualTo(400);
  }

  private static List<String> names(JsonNode page) {
    return page.path("documents")
        .valueStream()
        .map(one -> one.path("period").asText() + " " + one.path("workspace").asText())
        .toList();
  }
}
