package dev.serai.cloud.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.TestHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Do secrets do what routes rely on when files have them? */
class LocalSecretsTest extends SecretContract {

  @Override
  TestHub hub() {
    return TestHub.shared();
  }

  private Path folder() {
    return hub().data().resolve("local-secrets");
  }

  @Override
  String add(String name, String value) throws IOException {
    Files.createDirectories(folder());
    int number = 1;
    while (Files.exists(folder().resolve(name + "@" + number))) {
      number++;
    }
    write(folder().resolve(name + "@" + number), value);
    return Integer.toString(number);
  }

  private static void write(Path file, String value) throws IOException {
    Files.writeString(file, value);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Override
  String place(String name) {
    return folder().resolve(name).toString();
  }

  @Test
  void aFileOfTheNameAloneIsTheLatestAndItsLastLineBreakIsNoPartOfIt() throws Exception {
    String name = name();
    add(name, "numbered");
    write(folder().resolve(name), "plain\n");
    assertThat(ask(name, "").getMessage().getBody()).isEqualTo("plain");
    write(folder().resolve(name), "changed");
    assertThat(ask(name, "").getMessage().getBody()).isEqualTo("changed");
  }

  @Test
  void aPropertyStandsInForAFile() throws Exception {
    String name = name();
    System.setProperty("serai.local-secrets." + name, "of the property");
    try {
      assertThat(ask(name, "").getMessage().getBody()).isEqualTo("of the property");
    } finally {
      System.clearProperty("serai.local-secrets." + name);
    }
  }

  @Test
  void aFileThatOthersReadIsRefusedAndNothingOfItTold() throws Exception {
    String name = name();
    add(name, "not-to-be-told");
    Path file = folder().resolve(name + "@1");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Exchange asked = ask(name, "");
    assertThat(asked.getException())
        .isInstanceOf(SecretException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("rw-r-----")
        .hasMessageContaining("chmod 600");
    assertThat(asked.getException().toString()).doesNotContain("not-to-be-told");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../api-key", "a/b", "a@1", "a.b", "with space"})
  void aNameThatIsNoneIsRefusedWhenTheRouteIsLoaded(String name) {
    assertThatThrownBy(() -> ask("'%s'".formatted(name), ""))
        .hasStackTraceContaining("secret-get: parameter 'name' is '%s'".formatted(name));
  }
}
