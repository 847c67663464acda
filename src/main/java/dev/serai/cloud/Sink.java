package dev.serai.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A receiver as the configuration knows it.
 *
 * @param url where it takes posts; empty if the route says it
 * @param headers that every post has, such as an API key
 */
record Sink(String name, String url, List<SigningSecret> secrets, Map<String, String> headers) {

  /** The prefix of its properties. */
  static String property(String name) {
    return "serai.sinks." + name;
  }

  List<SigningSecret> validSecrets(Instant now) {
    return secrets.stream().filter(secret -> secret.isValid(now)).toList();
  }

  /** Parts of a request that a receiver may echo, but nobody may read in its answer. */
  Stream<String> confidential(@Nullable String query) {
    return Stream.concat(
            Stream.ofNullable(query),
            headers.values().stream()
                .flatMap(value -> Stream.of(value, value.substring(value.lastIndexOf(' ') + 1))))
        .filter(text -> text.length() >= 6);
  }

  @Override
  public String toString() {
    return "Sink[" + name + "]";
  }
}
