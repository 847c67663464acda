package dev.serai.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.deploy.SecretScan.Allowance;
import dev.serai.deploy.SecretScan.Finding;
import dev.serai.deploy.SecretScan.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Is there a secret in the repository, and would one be found? */
class SecretScanTest {

  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH";

  /** A value of each rule, in two parts: together they would be found here. */
  private static final Map<String, List<String>> SECRETS =
      Map.ofEntries(
          Map.entry("private-key", List.of("-----BEGIN RSA PRIVATE ", "KEY-----")),
          Map.entry("google-service-account", List.of("{\"type\": ", "\"service_account\"}")),
          Map.entry("google-api-key", List.of("AIza", DIGITS)),
          Map.entry("aws-access-key", List.of("AKIA", "ABCDEFGHIJKLMNOP")),
          Map.entry("stripe-key", List.of("rk_live_", DIGITS)),
          Map.entry("signing-secret", List.of("v1,whsec_", DIGITS)),
          Map.entry("supabase-key", List.of("sb_secret_", DIGITS)),
          Map.entry("json-web-token", List.of("eyJ" + DIGITS, ".eyJ" + DIGITS + "." + DIGITS)),
          Map.entry("github-token", List.of("ghp_", DIGITS.substring(0, 36))),
          Map.entry("slack-token", List.of("xoxb-", DIGITS)),
          Map.entry(
              "slack-webhook",
              List.of("https://hooks.slack.com/services/T01234567/", "B01234567/" + DIGITS)),
          Map.entry("password-in-url", List.of("postgresql://hub:", "0Tr7pQx2Lm@db:5432/serai")),
          Map.entry(
              "encryption-key",
              List.of("SERAI_ENCRYPTION_KEYS=2026:", DIGITS.substring(0, 43) + "=")));

  private final SecretScan scan;

  SecretScanTest() throws IOException {
    scan = SecretScan.configured();
  }

  @Test
  void theRepositoryHasNone() throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (Path file : RepositoryFiles.all()) {
      String text = RepositoryFiles.text(file);
      if (text != null) {
        findings.addAll(scan.scan(file.toString(), text));
      }
    }
    assertThat(findings).as("take them out, and rotate them; .gitleaks.toml allows none").isEmpty();
    assertThat(scan.used())
        .as("what .gitleaks.toml allows is there")
        .containsAll(scan.allowances().stream().map(Allowance::reason).toList());
  }

  @Test
  void aSecretThatSomebodyAddsIsFoundByItsRule() {
    assertThat(scan.rules().stream().map(Rule::id))
        .containsExactlyInAnyOrderElementsOf(SECRETS.keySet());
    SECRETS.forEach(
        (rule, parts) ->
            assertThat(scan.scan("docs/new.md", "first line\n" + String.join("", parts) + "\n"))
                .as(rule)
                .anyMatch(finding -> finding.rule().equals(rule) && finding.line() == 2)
                .noneMatch(finding -> finding.beginning().contains(DIGITS)));
  }

  /** The value of a test is nothing special in a file of another. */
  @Test
  void whatIsAllowedInOneFileIsFoundInAnother() {
    String value = "whsec_" + "0123456789abcdef0123456789abcdef";
    String file = "src/test/java/dev/serai/webhook/VerifyBenchmark.java";
    assertThat(scan.scan(file, value)).isEmpty();
    assertThat(scan.scan("docker/compose.yaml", value)).hasSize(1);
  }

  @Test
  void placeholdersAreNone() {
    assertThat(
            scan.scan(
                "docs/new.md",
                "whsec_... rk_live_... https://hooks.slack.com/services/... "
                    + "postgresql://user:password@host:5432/database rediss://:${PASSWORD}@host"))
        .isEmpty();
  }
}
