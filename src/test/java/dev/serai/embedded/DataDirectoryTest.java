package dev.serai.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.serai.TestHub;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when two hubs want one data directory? */
class DataDirectoryTest {

  private static final String PID = Long.toString(ProcessHandle.current().pid());

  @Test
  void theSecondIsToldInOneLineWhoHasItAndWhatToDo(@TempDir Path folder) throws Exception {
    try (DataDirectory first = DataDirectory.lock(folder)) {
      assertThat(first.resolve("x")).isEqualTo(folder.resolve("x"));
      Throwable refused = catchThrowable(() -> DataDirectory.lock(folder));
      assertThat(refused)
          .isInstanceOf(DataDirectoryInUseException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining(PID)
          .hasMessageContaining("SERAI_DATA_DIR");
      assertThat(refused.getMessage()).doesNotContain("\n");
    }
  }

  @Test
  void theSecondHubDoesNotStart() {
    TestHub hub = TestHub.shared();
    assertThatThrownBy(() -> TestHub.start(Map.of("serai.data.dir", hub.data().toString())))
        .isInstanceOf(DataDirectoryInUseException.class);
  }

  @Test
  void theNextMayHaveItOnceTheFirstHasEnded(@TempDir Path folder) throws Exception {
    DataDirectory.lock(folder).close();
    DataDirectory.lock(folder).close();
  }

  @Test
  void oneThatIsMissingIsMade(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("a/b/c");
    DataDirectory.lock(missing).close();
    assertThat(missing).isDirectory();
  }
}
