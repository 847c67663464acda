package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs commands in the test's process and keeps what they print. */
final class Cli {

  private final TestHub hub;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  Cli(TestHub hub) {
    this.hub = hub;
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  /** Runs a command against the hub; an option that the arguments give is left to them. */
  int ask(String... arguments) {
    List<String> line = new ArrayList<>(Arrays.asList(arguments));
    line.addAll(List.of("--url", hub.url()));
    if (!line.contains("--api-key")) {
      line.addAll(List.of("--api-key", TestHub.API_KEY));
    }
    return run(line.toArray(String[]::new));
  }

  int run(String... line) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Commands.run(new PrintWriter(out, true), new PrintWriter(err, true), line);
  }

  /** What this thread writes to the process's own output, byte for byte; others may, too. */
  String standardOutput(String... arguments) {
    PrintStream before = System.out;
    Thread asking = Thread.currentThread();
    var bytes = new ByteArrayOutputStream();
    System.setOut(
        new PrintStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                (Thread.currentThread() == asking ? bytes : before).write(b);
              }
            },
            true,
            StandardCharsets.UTF_8));
    try {
      ask(arguments);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  JsonNode json() throws Exception {
    return new ObjectMapper().readTree(out.toString());
  }
}
