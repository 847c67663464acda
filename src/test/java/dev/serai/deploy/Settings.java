package dev.serai.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings that there are, by their environment variables: the hub's, and Spring's. */
final class Settings {

  /** What the command line reads (docs/cli.md), and what platforms set. */
  private static final Set<String> OTHERS = Set.of("SERAI_URL", "SERAI_API_KEY", "PORT");

  private final Set<String> variables = new TreeSet<>(OTHERS);
  private final Set<Pattern> patterns;

  Settings() throws IOException {
    Set<String> open = new TreeSet<>();
    ObjectMapper json = new ObjectMapper();
    for (URL file :
        Collections.list(
            getClass()
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream in = file.openStream()) {
        for (JsonNode property : json.readTree(in).path("properties")) {
          String name = variable(property.path("name").asText());
          variables.add(name);
          if (property.path("type").asText().startsWith("java.util.Map")) {
            open.add(name + "_[A-Z0-9_]+");
          }
          if (name.contains("<")) {
            open.add(name.replaceAll("<[A-Z]+>", "[A-Z0-9_]+"));
          }
        }
      }
    }
    patterns = open.stream().map(Pattern::compile).collect(Collectors.toSet());
  }

  /** Whether a variable, or what a template begins a variable with, sets something. */
  boolean know(String variable) {
    return variables.contains(variable)
        || patterns.stream().anyMatch(pattern -> pattern.matcher(variable).matches())
        || variable.endsWith("_") && variables.stream().anyMatch(name -> name.startsWith(variable));
  }

  /** The variable of the secrets of a source. */
  static String secrets(String source) {
    return "SERAI_%s_SECRETS".formatted(source.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  private static String variable(String property) {
    return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
