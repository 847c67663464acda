package dev.serai.route.check;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What differs between two installations is a property, and a secret stands in no file. */
final class LiteralRule implements Rule {

  private static final Pattern ADDRESS =
      Pattern.compile("(https?|wss?|jdbc|redis|amqp|s?ftp)s?://[^{\\s]");
  private static final Pattern SECRET =
      Pattern.compile("(?i)\\b(sk|rk|pk|whsec|ghp|xox[bp])_[a-z0-9_]{6}|-----BEGIN");
  private static final Set<String> SECRET_NAMES =
      Set.of("password", "secret", "token", "apikey", "accesskey", "secretkey", "passphrase");
  private static final Set<String> CLOCKS = Set.of("cron", "period", "fixedrate");

  @Override
  public void check(RouteDocument document, Project project, Consumer<Finding> findings) {
    for (RouteNode route : document.routes()) {
      look(document, "", route.yaml(), findings);
    }
  }

  private void look(RouteDocument document, String key, Yaml yaml, Consumer<Finding> findings) {
    String text = yaml.text();
    if (!text.isEmpty() && !text.contains("{{") && !key.equals("description")) {
      literal(document, key, yaml, text, findings);
    }
    yaml.members().forEach((name, member) -> look(document, name, member, findings));
    yaml.items().forEach(item -> look(document, "", item, findings));
  }

  private static void literal(
      RouteDocument document, String key, Yaml yaml, String text, Consumer<Finding> findings) {
    String name = key.toLowerCase(Locale.ROOT);
    if (SECRET.matcher(text).find() || SECRET_NAMES.contains(name) && !text.contains("${")) {
      // Not the value: it may be one.
      findings.accept(
          document.style(
              yaml.line(),
              "'%s' looks like a secret written out; name a property: {{...}}".formatted(key)));
    } else if (ADDRESS.matcher(text).find()) {
      findings.accept(
          document.style(
              yaml.line(),
              "'%s' has a literal address, %s; name a property: {{...}}".formatted(key, text)));
    } else if (CLOCKS.contains(name)) {
      findings.accept(
          document.style(
              yaml.line(),
              "'%s' is the literal %s; name a property with this default: {{...:%s}}"
                  .formatted(key, text, text)));
    }
  }
}
