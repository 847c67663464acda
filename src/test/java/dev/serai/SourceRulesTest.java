package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What would betray us under another language or on another day? */
class SourceRulesTest {

  private static final int MAX_LINES = 220;
  private static final Pattern LOCALISED = Pattern.compile("%[-0-9,.+]*[dfeg]");
  private static final Pattern WHOLE_REDIS =
      Pattern.compile(
          "flush(all|db)|call\\(\\s*['\"]keys|CommandType\\.KEYS|(sync|async|reactive|commands)(\\(\\))?\\s*\\.keys\\(",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern MACHINE_TIME =
      Pattern.compile("Instant\\.now\\(\\)|LocalDate(Time)?\\.now\\(\\)|currentTimeMillis");

  /** {@code %d} prints Marathi or Arabic digits where that is the default; {@code %s} does not. */
  @Test
  void numbersAreFormattedWithoutTheDefaultLocale() throws IOException {
    assertThat(offences(LOCALISED, "Locale.ROOT")).isEmpty();
  }

  @Test
  void timeComesFromTheInjectedClock() throws IOException {
    // The command line is a process of its own that has no clock but the machine's.
    assertThat(offences(MACHINE_TIME, "Clock").stream().filter(line -> !line.contains("/cli/")))
        .isEmpty();
  }

  /** They stop Redis for all while they look at every key, or take what is another's. */
  @Test
  void noCommandLooksAtAllKeysOfRedisOrEmptiesIt() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main"))) {
      assertThat(
              files
                  .filter(file -> file.toString().matches(".*\\.(java|lua)"))
                  .filter(file -> WHOLE_REDIS.matcher(read(file)).find()))
          .isEmpty();
    }
    assertThat("redis.call('KEYS', '*')").containsPattern(WHOLE_REDIS);
    assertThat("commands().keys(\"*\")").containsPattern(WHOLE_REDIS);
  }

  @Test
  void whoUsesTheHubOfTheEngineTakesTurns() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      assertThat(
              files
                  .filter(file -> file.toString().matches(".*(Test|Speed)\\.java"))
                  .filter(file -> read(file).contains("TestHub" + ".engine()"))
                  .filter(file -> !read(file).matches("(?s).*\n@(EngineTurn|Isolated).*")))
          .isEmpty();
    }
  }

  @Test
  void aSourceFileFitsOnAFewScreens() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      assertThat(
              files
                  .filter(file -> file.toString().endsWith(".java"))
                  .filter(file -> read(file).lines().count() > MAX_LINES))
          .isEmpty();
    }
  }

  /** Statements with the pattern and without what excuses it. */
  private static List<String> offences(Pattern pattern, String excuse) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(
              file ->
                  Stream.of(read(file).split(";\n"))
                      .filter(statement -> pattern.matcher(statement).find())
                      .filter(statement -> !statement.contains(excuse))
                      .map(statement -> file + ": " + statement.strip()))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
