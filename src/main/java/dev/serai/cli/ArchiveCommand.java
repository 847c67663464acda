package dev.serai.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description = "Lists and verifies the archive of webhooks, and brings events back from it.")
final class ArchiveCommand extends CommandGroup {

  @Command(
      name = "list",
      description = "Lists what the archive has of each source and day.",
      mixinStandardHelpOptions = true)
  int list(@Mixin ApiClient api, @Mixin Output output, @Mixin ArchiveOptions range)
      throws IOException, InterruptedException {
    return new FollowedRun(api, output).follow("archive-list", range.parameters());
  }

  @Command(
      name = "verify",
      description = "Reads the archive and compares all checksums; names what is damaged.",
      mixinStandardHelpOptions = true)
  int verify(@Mixin ApiClient api, @Mixin Output output, @Mixin ArchiveOptions range)
      throws IOException, InterruptedException {
    return new FollowedRun(api, output).follow("archive-verify", range.parameters());
  }

  @Command(
      name = "restore",
      description = {
        "Brings events back into the log with their own ids, times and keys, and verifies them"
            + " again.",
        "What is there stays as it is; nothing is delivered unless asked for."
      },
      mixinStandardHelpOptions = true)
  int restore(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Mixin ArchiveOptions range,
      @Option(
              names = "--deliver",
              description = "Deliver those that were not there to the subscriptions that match.")
          boolean deliver,
      @Option(
              names = "--accept-bad",
              description = "Also bring back what is not as its source has signed it.")
          boolean acceptBad,
      @Option(names = "--dry-run", description = "Only look.") boolean dryRun)
      throws IOException, InterruptedException {
    Map<String, Object> parameters = range.parameters();
    parameters.put("deliver", deliver);
    parameters.put("accept_bad", acceptBad);
    parameters.put("dry_run", dryRun);
    return new FollowedRun(api, output).follow("archive-restore", parameters);
  }
}
