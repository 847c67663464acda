package dev.serai.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which backups stay? */
class KeepingTest {

  private static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

  private final BackupKeeping keeping = new BackupKeeping(Clock.fixed(NOW, ZoneOffset.UTC));

  private static Map<String, Object> object(String name, Instant created) {
    return Map.of("name", name, "created", created.toString());
  }

  /** One a day, and what each of them has. */
  private static Map<String, Object> days(int number) {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Instant at = NOW.minus(Duration.ofDays(i)).minus(Duration.ofMinutes(30));
      objects.add(object(prefix(i) + "ab12/serai.event.001.copy.gz", at));
      objects.add(object(prefix(i) + "manifest.json", at));
    }
    return Map.of("objects", objects, "more", false, "next", "");
  }

  private static String prefix(int days) {
    return "database/" + name(days) + "/";
  }

  private static String name(int days) {
    return DatabaseBackup.name(
        NOW.minus(Duration.ofDays(days)).minus(Duration.ofMinutes(30)).toString());
  }

  @Test
  void theLastOnesOfDaysAndWeeksStay() {
    FoundBackups found = keeping.begin("database", 3, 2);
    keeping.keep(found, name(0), null);
    assertThat(keeping.add(found, days(12))).isFalse();
    List<String> old = keeping.old(found);
    // 2026-11-21 is a Saturday: the week before ended on the 15th, six days ago.
    assertThat(found.gone().split(","))
        .containsExactlyInAnyOrder(
            name(3), name(4), name(5), name(7), name(8), name(9), name(10), name(11));
    assertThat(old).hasSize(16);
    assertThat(old.getFirst()).endsWith("/manifest.json");
    assertThat(old.get(1)).endsWith(".gz");
  }

  @Test
  void theNewOneAndTheLastVerifiedOneStayWhateverTheirAge() {
    FoundBackups found = keeping.begin("database", 1, 0);
    keeping.keep(found, name(2), name(9));
    keeping.add(found, days(12));
    keeping.old(found);
    assertThat(found.gone().split(",")).hasSize(9).doesNotContain(name(0), name(2), name(9));
  }

  @Test
  void whatHasNoManifestGoesWhenNobodyCanBeWritingIt() {
    FoundBackups found = keeping.begin("database", 1, 0);
    keeping.add(
        found,
        Map.of(
            "objects",
            List.of(
                object("database/left/1/a.gz", NOW.minus(Duration.ofHours(25))),
                object("database/written/1/a.gz", NOW.minus(Duration.ofHours(25))),
                object("database/written/1/b.gz", NOW.minus(Duration.ofHours(2))),
                object("database/alone", NOW.minus(Duration.ofDays(300)))),
            "more",
            true,
            "next",
            "database/written/1/b.gz"));
    assertThat(found.after()).isEqualTo("database/written/1/b.gz");
    assertThat(keeping.old(found)).containsExactly("database/left/1/a.gz");
    assertThatThrownBy(() -> keeping.one(found, null))
        .isInstanceOf(UnusableBackupException.class)
        .hasMessageContaining("has no backup of kind 'database'");
  }

  @Test
  void nobodyKeepsNone() {
    assertThatThrownBy(() -> keeping.begin("database", 0, 4))
        .isInstanceOf(InvalidBackupKeepingException.class);
    assertThatThrownBy(() -> keeping.begin("database", 1, -1))
        .isInstanceOf(InvalidBackupKeepingException.class);
  }
}
