package dev.serai.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.event.Migration;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "migrate",
    mixinStandardHelpOptions = true,
    description = {
      "Brings the configured database (SERAI_DATABASE_URL) to this version and ends.",
      "",
      "A hub does the same when it starts. Migrations only add, so that hubs of the version before"
          + " go on meanwhile. It works on the database, not on a hub, and reads the environment"
          + " and .env as a hub does."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:the database is of this version; or, with --dry-run, what is pending has been listed",
      " 1:a migration failed, the database can't be used, or none is configured",
      " 2:wrong usage"
    })
final class MigrateCommand implements Callable<Integer> {

  private static final String URL = "serai.database.url";

  @Mixin private Output output;

  @Option(names = "--dry-run", description = "List what is pending, and change nothing.")
  private boolean dryRun;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "The database. Default: $SERAI_DATABASE_URL.")
  private String url = "";

  @Override
  public Integer call() throws IOException {
    try (Migration migration = Migration.open(arguments())) {
      String before = migration.version();
      List<Migration.Step> steps = migration.pending();
      if (!dryRun) {
        migration.run();
      }
      show(before, migration.version(), steps);
      return 0;
    } catch (FlywayException | DataAccessException e) {
      return fail(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    } catch (RuntimeException e) {
      // What the configuration or the database is wrong about has been said already.
      return fail("Nothing was migrated.");
    }
  }

  private String[] arguments() {
    return url.isEmpty() ? new String[0] : new String[] {"--%s=%s".formatted(URL, url)};
  }

  private int fail(String reason) {
    output.progress().println("serai: " + reason);
    return FailureReport.FAILED;
  }

  private void show(String before, String after, List<Migration.Step> steps) throws IOException {
    if (output.json) {
      ObjectNode result = ApiClient.JSON.createObjectNode();
      result.put("dry_run", dryRun).put("before", before).put("after", after);
      result.set(dryRun ? "pending" : "applied", ApiClient.JSON.valueToTree(steps));
      output.show(result);
      return;
    }
    steps.forEach(
        step ->
            output
                .out()
                .printf(
                    "%s V%s %s%n",
                    dryRun ? "pending" : "applied", step.version(), step.description()));
    output
        .out()
        .println(
            steps.isEmpty()
                ? "The database is of version %s; nothing is pending.".formatted(after)
                : dryRun
                    ? "The database is of version %s; %s pending.".formatted(before, steps.size())
                    : "The database went from version %s to %s.".formatted(before, after));
  }
}
