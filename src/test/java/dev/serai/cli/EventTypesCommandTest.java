package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does the command line say of types of events? */
class EventTypesCommandTest {

  private final Cli cli = new Cli(TestHub.shared());

  @TempDir private Path folder;

  @Test
  void theyAreListedAndShown() throws Exception {
    assertThat(cli.ask("event-types", "list")).isZero();
    assertThat(cli.out()).contains("OUTSIDE").containsPattern("icp.created +1 +refuse +warn");

    assertThat(cli.ask("event-types", "show", "icp.created")).isZero();
    assertThat(cli.out())
        .contains("handler-memory-icp", "Version 1", "\"$ref\" : \"../shared/row.json\"");
    assertThat(cli.ask("event-types", "show", "icp.created", "--json")).isZero();
    assertThat(cli.json().at("/schemas/0/version").asInt()).isEqualTo(1);
    assertThat(cli.ask("event-types", "show", "no.such")).isEqualTo(1);
  }

  @Test
  void dataIsChecked() throws Exception {
    Path data = folder.resolve("data.json");
    Files.writeString(data, "{\"id\":\"i1\"}");
    assertThat(cli.ask("event-types", "check", "icp.created", data.toString())).isZero();
    assertThat(cli.out()).contains("It fits icp.created, version 1.");

    Files.writeString(data, "{\"id\":7}");
    assertThat(cli.ask("event-types", "check", "icp.created", data.toString())).isEqualTo(1);
    assertThat(cli.out()).contains("'/id' is an integer; the rule is type: \"string\"");
  }

  @Test
  void theCheckOfRouteFilesLooksAtSchemas() throws Exception {
    Path schema = folder.resolve("schemas/lamp.lit/1.schema.json");
    Files.createDirectories(schema.getParent());
    Files.writeString(schema, "{\"title\":\"Lamp lit\"}");

    assertThat(cli.run("routes", "check", "--routes-dir", folder.toString())).isEqualTo(1);
    assertThat(cli.out()).contains("lamp.lit/1.schema.json:1: It has no 'description'");
    assertThat(cli.run("routes", "check", "--routes-dir", folder.toString(), schema.toString()))
        .isEqualTo(1);
  }
}
