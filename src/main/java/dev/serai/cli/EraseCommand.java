package dev.serai.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = {
      "Forgets a subject: empties its events in the log, with dead letters, attempts and runs, and"
          + " its",
      "lines in the archive. Keys stay, so that copies are known. It can't be undone."
    })
final class EraseCommand implements Callable<Integer> {

  private static final int SALT_BYTES = 16;

  @Mixin private ApiClient api;

  @Mixin private Output output;

  @Option(
      names = "--subject",
      required = true,
      description = "Whose events, such as cus_123. It is hashed here, and sent nowhere.")
  private String subject;

  @Option(names = "--workspace", description = "Only in this workspace.")
  private @Nullable String workspace;

  @Option(names = "--source", description = "Only of this source.")
  private @Nullable String source;

  @Option(names = "--confirm", description = "Do it.")
  private boolean confirm;

  @Option(names = "--dry-run", description = "Only count what would go.")
  private boolean dryRun;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (confirm == dryRun) {
      throw new IllegalArgumentException(
          "Say --dry-run to count what would go, or --confirm to let it go for ever.");
    }
    byte[] random = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(random);
    String salt = HexFormat.of().formatHex(random);
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("salt", salt);
    parameters.put("hash", hash(salt + subject));
    parameters.put("dry_run", dryRun);
    ArchiveOptions.put(parameters, "workspace", workspace);
    ArchiveOptions.put(parameters, "source", source);
    return new FollowedRun(api, output).follow("erase-subject", parameters);
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
