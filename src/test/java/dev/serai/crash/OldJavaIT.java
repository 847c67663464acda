package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What does somebody read who starts the jar with the Java that happens to be installed? */
class OldJavaIT {

  private static final Pattern FEATURE = Pattern.compile("version \"(\\d+)");

  @Test
  void itSaysWhichJavaIsMissing() throws Exception {
    Matcher version = FEATURE.matcher(run("java", "-version").output);
    assumeTrue(version.find(), "there is a java on the path");
    int found = Integer.parseInt(version.group(1));
    assumeTrue(found >= 17 && found < 25, "it is older than ours, which is " + found);

    Result result = run("java", "-jar", System.getProperty("serai.jar"));

    assertThat(result.status).isEqualTo(1);
    assertThat(result.output.lines()).hasSize(1);
    assertThat(result.output).contains("needs Java 25", "this is Java " + found);
  }

  private static Result run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException notInstalled) {
      return new Result(-1, "");
    }
  }

  private record Result(int status, String output) {}
}
