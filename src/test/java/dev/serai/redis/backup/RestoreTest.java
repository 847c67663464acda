package dev.serai.redis.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.TestHub;
import dev.serai.redis.backup.Restoring.Mode;
import dev.serai.redis.backup.Restoring.Renaming;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does a restoration do to what is there, and with a file that is damaged? */
@ResourceLock(BackupArea.TURN)
class RestoreTest {

  private final BackupArea area = new BackupArea(TestHub.shared());

  @AfterEach
  void clear() {
    area.clear();
  }

  @Test
  void aKeyThatIsThereIsLeftReplacedOrAReasonToWriteNothing() throws Exception {
    area.redis.set(area.name("a"), "old");
    area.redis.set(area.name("b"), "old");
    byte[] file = area.backup();
    area.redis.set(area.name("b"), "new");
    area.redis.del(area.name("a"));

    assertThatThrownBy(() -> area.restore(file, Mode.REFUSE))
        .isInstanceOf(ExistingKeyException.class);
    assertThat(area.redis.exists(area.name("a"))).as("nothing was written").isZero();
    assertThat(area.restore(file, Mode.SKIP).existing()).isEqualTo(1);
    assertThat(area.redis.get(area.name("a"))).isEqualTo("old");
    assertThat(area.redis.get(area.name("b"))).isEqualTo("new");
    area.restore(file, Mode.REPLACE);
    assertThat(area.redis.get(area.name("b"))).isEqualTo("old");
  }

  @Test
  void aLookWritesNothing() throws Exception {
    area.redis.set(area.name("a"), "1");
    byte[] file = area.backup();
    area.redis.del(area.name("a"));
    Restoring look = new Restoring(Mode.REFUSE, all(), false, true);
    assertThat(area.restore(file, look).restored()).isEqualTo(1);
    assertThat(area.redis.exists(area.name("a"))).isZero();
  }

  @Test
  void whatWouldHaveExpiredStaysAwayUnlessItIsRenewed() throws Exception {
    area.redis.psetex(area.name("a"), 1_000_000, "1");
    byte[] hourOld = BackupArea.earlier(area.backup(), 3_600_000);
    area.redis.del(area.name("a"));
    assertThat(area.restore(hourOld, Mode.REFUSE).expired()).isEqualTo(1);
    assertThat(area.redis.exists(area.name("a"))).isZero();
    Restoring renewed = new Restoring(Mode.REFUSE, all(), true, false);
    assertThat(area.restore(hourOld, renewed).restored()).isEqualTo(1);
    assertThat(area.redis.pttl(area.name("a"))).isBetween(980_000L, 1_001_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "flipped", "without end", "longer", "another file", "empty"})
  void ofADamagedFileNothingIsWritten(String damage) throws Exception {
    area.redis.set(area.name("a"), "1");
    area.redis.set(area.name("b"), "2");
    byte[] file = area.backup();
    area.redis.del(area.name("a"), area.name("b"));
    assertThatThrownBy(() -> area.restore(damaged(file, damage), Mode.REPLACE))
        .isInstanceOf(BrokenBackupException.class);
    assertThat(area.redis.exists(area.name("a"), area.name("b"))).isZero();
  }

  private static byte[] damaged(byte[] file, String damage) {
    String text = new String(file, StandardCharsets.UTF_8);
    return switch (damage) {
      case "cut" -> Arrays.copyOf(file, file.length - 40);
      case "flipped" -> {
        byte[] other = file.clone();
        other[file.length / 2] ^= 1;
        yield other;
      }
      case "without end" -> bytes(text.substring(0, text.indexOf("{\"keys\"")));
      case "longer" -> bytes(text + "{}\n");
      case "another file" -> bytes("{\"a\":1}\n");
      default -> new byte[0];
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Renaming all() {
    return Renaming.of(null, null, null, null);
  }
}
