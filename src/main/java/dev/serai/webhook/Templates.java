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
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Example events of providers, for triggering and load tests. */
public final class Templates {

  private static final Duration PERIOD = Duration.ofDays(30);
  private static final String ENDING = ".json";

  private Templates() {}

  /** The types of a source that there are templates of. */
  public static List<String> types(String source) {
    try {
      return Arrays.stream(
              new PathMatchingResourcePatternResolver()
                  .getResources("classpath*:trigger/" + source + "/*" + ENDING))
          .map(Resource::getFilename)
          .map(name -> String.valueOf(name).replace(ENDING, ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a template of {@link #types}, its placeholders still in it. */
  public static String text(String source, String type) {
    String path = "/trigger/%s/%s%s".formatted(source, type, ENDING);
    try (InputStream in = Templates.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "There is no example of '%s' of source '%s'; there are %s"
                .formatted(type, source, types(source)));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
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
                "{period_end}",
                now.plus(PERIOD).getEpochSecond())
            .entrySet()) {
      text = text.replace(value.getKey(), value.getValue().toString());
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
