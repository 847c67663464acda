package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys open the API, and what do they allow? */
class KeyListTest {

  private static final String SECRET = "sk_0123456789abcdef";

  @TempDir private Path data;

  @ParameterizedTest
  @CsvSource({
    "ci:operator:sk_0123456789abcdef, ci, OPERATOR",
    "Board.1:viewer:sk_0123456789abcdef, Board.1, VIEWER",
    "ops:ADMIN:sk_0123456789abcdef, ops, ADMIN",
    "sk_0123456789abcdef, key-1, ADMIN",
  })
  void aKeyHasANameAndARole(String configured, String name, Role role) throws Exception {
    assertThat(ApiKeys.load(configured, data).find(SECRET)).contains(new ApiKey(name, role));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "an:old:key:of:four-colons",
        "https://user:password@example.com",
        "::::::::::::::::",
        "key of words and signs: !$%&/()=?",
      })
  void aKeyOfBeforeStaysAnAdmins(String old) throws Exception {
    if (old.startsWith("an:")) {
      // The one form that changed its meaning says so instead of shrinking to another key.
      assertThatThrownBy(() -> ApiKeys.load(old, data)).hasMessageContaining("unknown role");
    } else {
      assertThat(ApiKeys.load(old, data).find(old)).contains(new ApiKey("key-1", Role.ADMIN));
    }
  }

  @Test
  void severalAreDividedByCommas() throws Exception {
    ApiKeys keys = ApiKeys.load(" ci:operator:%s ,,%s, ".formatted(SECRET, SECRET + "2"), data);

    assertThat(keys.find(SECRET)).map(ApiKey::name).contains("ci");
    assertThat(keys.find(SECRET + "2")).map(ApiKey::name).contains("key-2");
    assertThat(keys.find(SECRET + "3")).isEmpty();
    assertThat(keys.find("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%1$s2, ci:chief:%1$s   | entry 2 | viewer, operator and admin",
        "ci::%1$s               | entry 1 | viewer, operator and admin",
        "short                  | entry 1 | fewer than 16",
        "%1$s, ci:viewer:short  | entry 2 | fewer than 16",
        "ci:admin:%1$s, ci:viewer:%1$s2 | entry 2 | has the name 'ci'",
        "ci:admin:%1$s, it:viewer:%1$s  | entry 2 | the same key as 'ci'",
        "%1$s, it:viewer:%1$s           | entry 2 | the same key as 'key-1'",
      })
  void aMistakeEndsTheStartAndShowsNoKey(String configured, String place, String problem) {
    String keys = configured.formatted(SECRET);

    assertThatThrownBy(() -> ApiKeys.load(keys, data))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith("serai.api.keys (SERAI_API_KEYS)")
        .contains(place, problem)
        .doesNotContain(SECRET, "short", "chief");
  }

  @Test
  void withoutAnyOneIsGeneratedForItsOwnerAlone() throws Exception {
    ApiKeys.load("", data);
    Path file = data.resolve("api-key");
    String generated = Files.readString(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(ApiKeys.load(" , ", data).find(generated))
        .contains(new ApiKey("generated", Role.ADMIN));
  }
}
