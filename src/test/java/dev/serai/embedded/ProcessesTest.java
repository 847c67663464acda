package dev.serai.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What do the files beside a server say? */
@Execution(ExecutionMode.CONCURRENT)
class ProcessesTest {

  @TempDir private Path folder;

  @Test
  void aPidFileNamesAProcessThatLivesAndRunsTheProgram() throws Exception {
    Path file = pidFile(ProcessHandle.current().pid() + "\nmore lines\n");
    assertThat(Processes.read(file, "java")).hasValue(ProcessHandle.current().pid());
  }

  @Test
  void thePidOfAnotherProgramIsAStrangers() throws Exception {
    Path file = pidFile(Long.toString(ProcessHandle.current().pid()));
    assertThat(Processes.read(file, "postgres")).isEmpty();
  }

  @Test
  void thePidOfAProcessThatHasEndedIsNobodys() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    assertThat(Processes.read(pidFile(Long.toString(ended.pid())), "true")).isEmpty();
    assertThat(Processes.alive(ended.pid())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "abc", "-1", "12 34", "99999999999999999999999"})
  void aPidFileWithAnythingElseNamesNobody(String text) throws Exception {
    assertThat(Processes.read(pidFile(text), "java")).isEmpty();
  }

  @Test
  void aMissingPidFileNamesNobody() throws Exception {
    assertThat(Processes.read(folder.resolve("missing"), "java")).isEmpty();
  }

  @Test
  void aPortIsKeptAndLeftToAStrangerBeforeAFirstStartAlone() throws Exception {
    Path file = folder.resolve("port");
    int port = Processes.port(file);
    assertThat(Processes.port(file)).isEqualTo(port);
    assertThat(Processes.freePort(file)).isEqualTo(port);
    Processes.leaveTakenPort(file);
    assertThat(Processes.port(file)).isEqualTo(port);
    try (var stranger = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Processes.freePort(file))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining(Integer.toString(stranger.getLocalPort()));
      Processes.leaveTakenPort(file);
      assertThat(Processes.port(file)).isNotEqualTo(port);
    }
  }

  /** Linux gives outgoing connections 32768 and above, IANA's range begins higher. */
  @RepeatedTest(20)
  void noOutgoingConnectionCanHaveThePortOfAServerThatIsAway() throws Exception {
    assertThat(Processes.port(folder.resolve("port"))).isBetween(20_000, 32_767);
  }

  @Test
  void aPasswordIsLongIsKeptAndIsItsOwnersAlone() throws Exception {
    Path file = folder.resolve("password");
    String password = Processes.password(file);
    assertThat(password).matches("[0-9a-f]{48}");
    assertThat(Processes.password(file)).isEqualTo(password);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void theEndOfALogIsShownWhateverItsLength() throws Exception {
    Path log = folder.resolve("log");
    Files.writeString(log, "line\n".repeat(100) + "last\n");
    assertThat(Processes.tail(log)).endsWith("last").hasLineCount(12);
    assertThat(Processes.tail(folder.resolve("missing"))).contains("missing");
  }

  private Path pidFile(String text) throws Exception {
    return Files.writeString(folder.resolve("pid"), text);
  }
}
