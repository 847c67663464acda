package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What does the warehouse say when its file, its folder, its disk or a schema is not right? */
@Execution(ExecutionMode.CONCURRENT)
class WarehouseFaultsTest {

  private final LocalFile local;

  WarehouseFaultsTest(@TempDir Path folder) throws IOException {
    local = new LocalFile(folder).schema("things", "[%s, %s]".formatted(ID, NUMBER));
  }

  static final String ID = "{\"name\": \"id\", \"type\": \"STRING\", \"mode\": \"REQUIRED\"}";
  static final String NUMBER = "{\"name\": \"n\", \"type\": \"INTEGER\"}";

  @AfterEach
  void close() {
    local.warehouse().close();
  }

  @Test
  void aFileThatAnotherProcessHasOpenIsNamedWithThatProcess() throws Exception {
    local.insert("things", "a", 1);
    local.warehouse().close();
    try (Holder holder = Holder.of(local.file())) {
      assertThatThrownBy(() -> local.insert("things", "b", 2))
          .isInstanceOf(WarehouseException.class)
          .hasMessageContaining(local.file().toString())
          .hasMessageContaining("open in another process, " + holder.pid())
          .hasMessageContaining("serai.cloud=gcp");
      assertThat(local.warehouse().problem()).contains("another process");
    }
    assertThat(local.insert("things", "b", 2).inserted()).isOne();
    assertThat(local.warehouse().problem()).isNull();
  }

  @Test
  void othersGetTheFileWhenItWasIdleForAWhile() throws Exception {
    LocalFile idle = local.idle(Duration.ofMillis(50));
    idle.insert("things", "a", 1);
    org.awaitility.Awaitility.await().untilAsserted(() -> Holder.of(idle.file()).close());
    assertThat(idle.insert("things", "b", 1).inserted()).isOne();
    idle.warehouse().close();
  }

  @Test
  void aDamagedFileIsNamedAndAfterItHasBeenMovedAwayAllGoesOn() throws Exception {
    local.insert("things", "a", 1);
    local.warehouse().close();
    byte[] bytes = Files.readAllBytes(local.file());
    for (int i = 12_288; i < bytes.length; i += 7) {
      bytes[i] ^= 0x55;
    }
    Files.write(local.file(), bytes);
    assertDamaged();
    Files.writeString(
        local.file(), "no database at all, but more than the header of one ".repeat(500));
    assertDamaged();
    Files.move(local.file(), local.file().resolveSibling("damaged"));
    assertThat(local.insert("things", "a", 1).inserted()).isOne();
  }

  private void assertDamaged() {
    assertThatThrownBy(() -> local.insert("things", "b", 2))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining(local.file() + " is damaged")
        .hasMessageContaining("replay");
  }

  @Test
  void aFolderThatCantBeMadeIsNamed() throws Exception {
    Files.writeString(local.folder(), "in its way");
    assertThatThrownBy(() -> local.insert("things", "a", 1))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining(local.folder().toString())
        .hasMessageContaining("must be able to write");
    Files.delete(local.folder());
    assertThat(local.insert("things", "a", 1).inserted()).isOne();
  }

  @Test
  void aFullDiskIsSaidAndNothingOfTheBatchIsThere() throws Exception {
    Path disk = Files.createDirectories(local.folder());
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString()),
        "a small disk can be mounted here");
    try {
      local.insert("things", "a", 1);
      Path ballast = disk.resolve("ballast");
      fill(ballast);
      assertThatThrownBy(() -> local.insertMany("things", 20_000))
          .isInstanceOf(WarehouseException.class)
          .hasMessageContaining(local.file().toString())
          .hasMessageContaining("make room");
      Files.delete(ballast);
      assertThat(local.count("things")).isOne();
      assertThat(local.insert("things", "a", 1).duplicates()).isOne();
    } finally {
      local.warehouse().close();
      run("umount", "--lazy", disk.toString());
    }
  }

  private static void fill(Path file) {
    try (var out = Files.newOutputStream(file, StandardOpenOption.CREATE)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  @Test
  void aTableGrowsByColumnsThatMayBeNull() throws Exception {
    local.insert("things", "a", 1);
    local.warehouse().close();
    local.schema(
        "things", "[%s, %s, {\"name\": \"colour\", \"type\": \"STRING\"}]".formatted(ID, NUMBER));
    assertThat(local.insert("things", Map.of("id", "b", "colour", "red")).inserted()).isOne();
    assertThat(local.count("things")).isEqualTo(2);
  }

  @Test
  void everyOtherDifferenceIsRefusedAndOtherTablesGoOn() throws Exception {
    local.schema("others", "[%s]".formatted(ID));
    local.insert("things", "a", 1);
    for (String fields :
        List.of(
            ID + ", {\"name\": \"n\", \"type\": \"STRING\"}",
            ID + ", {\"name\": \"n\", \"type\": \"INTEGER\", \"mode\": \"REQUIRED\"}",
            ID + ", " + NUMBER + ", {\"name\": \"n2\", \"type\": \"DATE\", \"mode\": \"REQUIRED\"}",
            ID)) {
      local.warehouse().close();
      local.schema("things", "[" + fields + "]");
      assertThatThrownBy(() -> local.insert("things", "b", 1))
          .isInstanceOf(WarehouseException.class)
          .hasMessageMatching(
              "(?s).*The column 'n2?' of the table 'things' is .* in the warehouse and .*");
      assertThat(local.insert("others", Map.of("id", fields)).inserted()).isOne();
    }
  }

  @Test
  void aSchemaThatCantBeReadIsNamed() throws Exception {
    for (String wrong :
        List.of(
            "{", "[]", "[{\"name\": \"id\", \"type\": \"GEOGRAPHY\"}]", "[{\"name\": \"a b\"}]")) {
      local.schema("broken", wrong);
      assertThatThrownBy(() -> local.insert("broken", "a", 1))
          .isInstanceOf(WarehouseException.class)
          .hasMessageContaining("broken.json");
    }
    assertThatThrownBy(() -> local.insert("absent", "a", 1)).hasMessageContaining("absent.json");
    assertThatThrownBy(() -> local.insert("../up", "a", 1)).hasMessageContaining("no name such as");
  }
}
