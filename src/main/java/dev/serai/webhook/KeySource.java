package dev.serai.webhook;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks for public keys. */
final class KeySource {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int LARGEST = 256 * 1024;
  private static final Pattern MAX_AGE = Pattern.compile("(?i)\\bmax-age=(\\d{1,9})\\b");
  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration USUAL = Duration.ofHours(1);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final URI address;

  KeySource(URI address) {
    this.address = address;
  }

  /**
   * Keys by their ids.
   *
   * @param lasting how long they may be kept
   */
  record Keys(Map<String, JWK> byId, Duration lasting) {}

  /**
   * @throws IOException if there is no answer in time, or none with keys in it
   */
  Keys ask() throws IOException, InterruptedException {
    HttpResponse<String> answer = answer();
    if (answer.statusCode() != 200) {
      throw new IOException("%s answers %s".formatted(address, answer.statusCode()));
    }
    Map<String, JWK> keys = new HashMap<>();
    try {
      for (JWK key : JWKSet.parse(answer.body()).getKeys()) {
        if (key.getKeyID() != null && !key.isPrivate()) {
          keys.put(key.getKeyID(), key);
        }
      }
    } catch (ParseException | IllegalArgumentException e) {
      throw new IOException("%s answers with what is no set of keys".formatted(address), e);
    }
    if (keys.isEmpty()) {
      throw new IOException("%s answers without keys".formatted(address));
    }
    return new Keys(Map.copyOf(keys), lasting(answer));
  }

  /** The client's own limit ends with the headers; one that sends slowly would hold it for ever. */
  private HttpResponse<String> answer() throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(
            HttpRequest.newBuilder(address).build(),
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST));
    try {
      return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("%s can't be asked: %s".formatted(address, e.getCause()), e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new IOException("%s does not answer in time".formatted(address), e);
    }
  }

  private static Duration lasting(HttpResponse<?> answer) {
    Matcher age = MAX_AGE.matcher(answer.headers().firstValue("Cache-Control").orElse(""));
    if (!age.find()) {
      return USUAL;
    }
    Duration said = Duration.ofSeconds(Long.parseLong(age.group(1)));
    return said.compareTo(SHORTEST) < 0 ? SHORTEST : said.compareTo(LONGEST) > 0 ? LONGEST : said;
  }
}
