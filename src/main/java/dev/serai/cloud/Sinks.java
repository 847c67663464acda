package dev.serai.cloud;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;

/** The sinks of the configuration, found by name. */
final class Sinks {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final Environment environment;

  Sinks(Environment environment) {
    this.environment = environment;
  }

  /**
   * @throws IllegalArgumentException naming the property that is wrong, without its value
   */
  Sink sink(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "http-post: sink is '%s'; it must be a name such as partner-eu".formatted(name));
    }
    String headers = Sink.property(name) + ".headers";
    return new Sink(
        name,
        read(name, "url"),
        parse(name, "secrets", SigningSecret::parse),
        SinkHeaders.parse(headers + variable(name, "headers"), read(name, "headers")));
  }

  boolean hasUrl(String name) {
    return !read(name, "url").isBlank();
  }

  private List<SigningSecret> parse(
      String name, String item, Function<String, List<SigningSecret>> parser) {
    try {
      return parser.apply(read(name, item));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(described(name, item) + ": " + e.getMessage(), e);
    }
  }

  private String read(String name, String item) {
    return environment.getProperty(Sink.property(name) + "." + item, "").strip();
  }

  /** A property of a sink as errors name it. */
  static String described(String name, String item) {
    return Sink.property(name) + "." + item + variable(name, item);
  }

  private static String variable(String name, String item) {
    return " (SERAI_SINKS_%s_%s)"
        .formatted(name.toUpperCase(Locale.ROOT).replace('-', '_'), item.toUpperCase(Locale.ROOT));
  }
}
