package dev.serai.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The schemas that the migrations make: all that a hub knows is there. */
final class Schemas {

  private static final Pattern MADE =
      Pattern.compile("(?im)^create schema(?: if not exists)? (\\w+)");
  private static final Set<String> ALL = find();

  private Schemas() {}

  static Set<String> all() {
    return ALL;
  }

  /** For {@code in (...)}: they are words of ours. */
  static String list() {
    return ALL.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
  }

  private static Set<String> find() {
    Set<String> names = new TreeSet<>(Set.of("serai")); // Flyway makes this one
    try {
      for (Resource file :
          new PathMatchingResourcePatternResolver()
              .getResources("classpath*:db/migration/V*.sql")) {
        try (InputStream in = file.getInputStream()) {
          Matcher made = MADE.matcher(new String(in.readAllBytes(), UTF_8));
          while (made.find()) {
            names.add(made.group(1));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }
}
