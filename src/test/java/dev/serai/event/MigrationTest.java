package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Can the version before run on a database that this one has migrated? */
class MigrationTest {

  private static final Path FOLDER = Path.of("src/main/resources/db/migration");

  /** What takes something away that a hub of the version before may use. */
  private static final Pattern CONTRACTING =
      Pattern.compile(
          "\\bdrop\\s+(table|column|function|schema|type|sequence|view|constraint|default)"
              + "|\\brename\\s+(to|column)\\b"
              + "|\\balter\\s+column\\s+\\w+\\s+(set\\s+data\\s+)?(type|set\\s+not\\s+null)"
              + "|\\btruncate\\s"
              + "|\\badd\\s+column\\s+(?![^;,]*(default|generated))[^;,]*not\\s+null");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aMigrationTakesNothingAway(Path file) throws IOException {
    assertThat(file.getFileName().toString()).matches("V\\d+__[a-z_]+\\.sql");
    assertThat(takesAway(Files.readString(file))).isFalse();
  }

  @Test
  void noTwoHaveTheSameNumber() throws IOException {
    List<String> numbers =
        files().map(file -> file.getFileName().toString().replaceFirst("__.*", "")).toList();
    assertThat(numbers).hasSizeGreaterThan(2).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table serai.event drop column body;",
        "DROP TABLE serai.event",
        "alter table serai.event rename to events",
        "alter table serai.event rename column key to k",
        "alter table serai.event alter column key type int",
        "alter table serai.event alter column key set not null",
        "alter table serai.event add column more text not null",
        "drop function serai.claim_1",
      })
  void oneThatDoesIsFound(String sql) {
    assertThat(takesAway(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alter table serai.event add column more text",
        "alter table serai.event add column more text not null default ''",
        "alter table serai.event add column n bigint not null generated always as identity",
        "-- nobody may drop table serai.event here",
        "create index on serai.event (type)",
      })
  void oneThatAddsIsNot(String sql) {
    assertThat(takesAway(sql)).isFalse();
  }

  private static boolean takesAway(String sql) {
    String statements =
        sql.replaceAll("--[^\n]*", "")
            .toLowerCase(Locale.ROOT)
            // Not a migration's act but a function's: retention drops days.
            .replace("drop table serai.%i", "");
    return CONTRACTING.matcher(statements).find();
  }
}
