package dev.serai.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Example events of providers, for triggering and load tests. */
public final class Templates {

  private static final Duration PERIOD = Duration.ofDays(30);
  private static final String ENDING = ".json";

  private Templates() {}

  /**
   * An example event.
   *
   * @param source that it is posted to
   * @param text with its placeholders
   */
  public record Template(String source, String text) {}

  /** The types of a source that there are templates of, and of those whose names begin with it. */
  public static List<String> types(String source) {
    return Stream.concat(Stream.of(folder(source)), family(source))
        .flatMap(folder -> names(folder).stream())
        .distinct()
        .sorted()
        .toList();
  }

  /** The template of a type of {@link #types}. */
  public static Template find(String source, String type) {
    String own = folder(source);
    String folder =
        names(own).contains(type)
            ? own
            : family(source)
                .filter(relative -> names(relative).contains(type))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "There is no example of '%s' of source '%s'; there are %s"
                                .formatted(type, source, types(source))));
    return new Template(folder.equals(own) ? source : folder, text(folder, type));
  }

  /**
   * That of the source, or of the one whose name its name begins with: phonepe for phonepe-hmac.
   */
  private static String folder(String source) {
    String name = source;
    while (names(name).isEmpty() && name.contains("-")) {
      name = name.substring(0, name.lastIndexOf('-'));
    }
    return name;
  }

  private static Stream<String> family(String source) {
    return resources("*/*")
        .map(uri -> uri.replaceAll(".*/trigger/([^/]+)/.*", "$1"))
        .distinct()
        .filter(folder -> folder.startsWith(source + "-"));
  }

  private static List<String> names(String folder) {
    return resources(folder + "/*")
        .map(uri -> uri.substring(uri.lastIndexOf('/') + 1).replace(ENDING, ""))
        .sorted()
        .toList();
  }

  private static Stream<String> resources(String pattern) {
    try {
      return Arrays.stream(
              new PathMatchingResourcePatternResolver()
                  .getResources("classpath*:trigger/" + pattern + ENDING))
          .map(Templates::address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String address(Resource resource) {
    try {
      return resource.getURI().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String folder, String type) {
    String path = "/trigger/%s/%s%s".formatted(folder, type, ENDING);
    try (InputStream in = Templates.class.getResourceAsStream(path)) {
      return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Fills the placeholders.
   *
   * @param id makes the event's id unique
   * @param object makes the ids of what it happened to; several events may share it
   */
  public static byte[] fill(String template, String id, String object, Clock clock) {
    Instant now = clock.instant();
    String text = template;
    for (Map.Entry<String, Object> value :
        Map.<String, Object>of(
                "{id}",
                id,
                "{object}",
                object,
                "{created}",
                now.getEpochSecond(),
                "{now}",
                now,
                "{period_end}",
                now.plus(PERIOD).getEpochSecond())
            .entrySet()) {
      text = text.replace(value.getKey(), value.getValue().toString());
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
