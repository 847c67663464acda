package dev.serai.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.UnixSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.util.FileSystemUtils;

/** As whom does PostgreSQL run? */
@Execution(ExecutionMode.CONCURRENT)
class PostgresUserTest {

  @Test
  void asTheHubsOwnUserUnlessThatIsRoot() {
    PostgresUser user = PostgresUser.detect(1000, command -> false);
    assertThat(user.command("postgres", "-D", "x")).containsExactly("postgres", "-D", "x");
  }

  @Test
  void underRootInAUserNamespace() {
    PostgresUser user = PostgresUser.detect(0, command -> true);
    assertThat(user.command("postgres")).containsExactly("unshare", "--user", "postgres");
  }

  @Test
  void underRootAsNobodyWhereNamespacesAreForbidden() {
    PostgresUser user = PostgresUser.detect(0, command -> command.getFirst().equals("setpriv"));
    assertThat(user.command("postgres"))
        .startsWith("setpriv", "--reuid=65534")
        .endsWith("postgres");
  }

  @Test
  void notAtAllWhereRootCanBecomeNobodyElse() {
    assertThatThrownBy(() -> PostgresUser.detect(0, command -> false))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContaining("root")
        .hasMessageContaining("SERAI_DATABASE_URL");
  }

  @Test
  void nobodysServerStartsAndOwnsItsFolder() throws Exception {
    Assumptions.assumeTrue(new UnixSystem().getUid() == 0, "only root can become nobody");
    Path folder = Files.createTempDirectory("serai-nobody");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    PostgresUser nobody = PostgresUser.detect(0, command -> command.getFirst().equals("setpriv"));
    var server = new PostgresServer(folder.resolve("postgres"), folder.resolve("bin"), nobody);
    try {
      server.start();
      assertThat(server.answers()).isTrue();
      assertThat(
              Files.getAttribute(
                  folder.resolve("postgres/data"), "unix:uid", LinkOption.NOFOLLOW_LINKS))
          .isEqualTo(65534);
    } finally {
      server.stop();
      FileSystemUtils.deleteRecursively(folder);
    }
  }
}
