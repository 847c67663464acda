package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names may objects have, and in which order are they listed? A part of the contract. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ObjectNameContract {

  private ObjectRoutes objects;
  private final String folder = "contract-" + UUID.randomUUID();

  /** A hub on the cloud in question. */
  abstract TestHub hub();

  @BeforeAll
  void load() throws Exception {
    objects = new ObjectRoutes(hub(), "exports");
  }

  @AfterAll
  void unload() throws Exception {
    objects.close();
  }

  final ObjectRoutes objects() {
    return objects;
  }

  /** A name of this run's own. */
  final String name(String last) {
    return folder + "/" + last;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  final List<String> names(String prefix, String after) throws Exception {
    Exchange list = objects.done("list", "", Map.of("prefix", name(prefix), "after", after));
    Map<?, ?> page = list.getMessage().getBody(Map.class);
    return Objects.requireNonNull((List<?>) page.get("objects")).stream()
        .map(object -> String.valueOf(((Map<?, ?>) object).get("name")))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../a",
        "a/../b",
        "a/..",
        "/a",
        "a/",
        "a//b",
        ".",
        "a/./b",
        "a\\b",
        "a\u0000b",
        "a\nb",
        "a\u007fb",
        "\ud83d"
      })
  void aNameThatLeadsElsewhereIsRefused(String bad) {
    for (String what : List.of("put", "get", "delete", "sign-get", "sign-put")) {
      assertThat(objects.call(what, "x", Map.of("name", bad)).getException())
          .isInstanceOf(ObjectRefusedException.class);
    }
  }

  @Test
  void aNameHas1024BytesAtMost() throws Exception {
    String longest = folder + "/" + "n".repeat(1_023 - folder.length());
    objects.put(longest, "x");
    assertThat(objects.get(longest)).isEqualTo(utf8("x"));
    objects.done("delete", "", Map.of("name", longest));
    assertThat(objects.call("put", "x", Map.of("name", longest + "n")).getException())
        .isInstanceOf(ObjectRefusedException.class);
    assertThat(objects.call("put", "x", Map.of("name", "")).getException())
        .isInstanceOf(ObjectRefusedException.class);
  }

  @Test
  void aListIsInTheOrderOfTheBytesAndHasPages() throws Exception {
    for (String last :
        List.of("p/b/c", "p/b", "p/b-1", "p/b0", "p/\u00e9", "p/\ud83d\udc2a", "p/z")) {
      objects.put(name(last), last);
    }
    assertThat(names("p/", "")).containsExactly(name("p/b"), name("p/b-1"), name("p/b/c"));
    assertThat(names("p/", name("p/b/c")))
        .containsExactly(name("p/b0"), name("p/z"), name("p/\u00e9"));
    Exchange last =
        objects.done("list", "", Map.of("prefix", name("p/"), "after", name("p/\u00e9")));
    Map<?, ?> page = last.getMessage().getBody(Map.class);
    assertThat(page.get("count")).isEqualTo(1);
    assertThat(page.get("more")).isEqualTo(false);
    assertThat(page.get("next")).isEqualTo("");
    assertThat(names("p/b/", "")).containsExactly(name("p/b/c"));
    assertThat(names("nobody", "")).isEmpty();
  }
}
