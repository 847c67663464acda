package dev.serai.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token that PhonePe's API asks for: kept in memory and nowhere else, fetched by one worker at
 * a time, and anew when half of its life is over.
 */
public final class PhonePeToken {

  private static final Logger log = LoggerFactory.getLogger(PhonePeToken.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The address comes with the message. */
  private static final String HTTP =
      "http:phonepe.invalid?httpClientConfigurer=#phonePeClient&throwExceptionOnFailure=false";

  /** Wrong credentials don't become right by asking with every event that waits. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final PhonePeSettings settings;
  private final CamelContext camel;
  private final Clock clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile @Nullable Token known;
  private Instant notBefore = Instant.MIN;

  PhonePeToken(PhonePeSettings settings, CamelContext camel, Clock clock) {
    this.settings = settings;
    this.camel = camel;
    this.clock = clock;
  }

  /** Fails as long as PhonePe can't be asked: a route begins with it, before it counts a call. */
  public void require() throws Exception {
    value();
  }

  /** Whether PhonePe can be asked at all: without a client there is nothing to reconcile. */
  public boolean isConfigured() {
    return !settings.clientId().isBlank() && !settings.clientSecret().isBlank();
  }

  String value() throws Exception {
    Token token = known;
    if (token != null && clock.instant().isBefore(token.halfLife)) {
      return token.value;
    }
    settings.requireClient();
    fetching.lockInterruptibly();
    try {
      Token other = known;
      Instant now = clock.instant();
      return other != null && now.isBefore(other.halfLife) ? other.value : renew(other, now);
    } finally {
      fetching.unlock();
    }
  }

  private String renew(@Nullable Token old, Instant now) throws Exception {
    boolean usable = old != null && now.isBefore(old.expiry);
    if (now.isBefore(notBefore)) {
      if (old != null && usable) {
        return old.value;
      }
      throw new NotYetException("PhonePe gave no token a moment ago");
    }
    try {
      Token fetched = fetch(now);
      known = fetched;
      return fetched.value;
    } catch (IOException | ReceiverException e) {
      notBefore = now.plus(PAUSE);
      if (old == null || !usable) {
        throw e;
      }
      log.warn("PhonePe gave no new token, the old one is used: {}", e.getMessage());
      return old.value;
    }
  }

  /** Throws a token away that PhonePe refused, unless it has been already. */
  void refused(String value) {
    Token token = known;
    if (token != null && token.value.equals(value)) {
      known = null;
    }
  }

  private Token fetch(Instant now) throws Exception {
    long begin = System.nanoTime();
    Exchange exchange = post(settings.identityUrl() + "/v1/oauth/token");
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
    Message message = exchange.getMessage();
    Answer answer =
        PhonePeStatus.answer(message, settings.identityUrl(), this::withoutSecret, begin);
    if (!answer.isSuccess()) {
      throw ReceiverException.of(answer);
    }
    return token(JSON.readTree(answer.body()), now);
  }

  /** PhonePe may echo what it was sent. */
  private String withoutSecret(String text) {
    return text.replace(settings.clientSecret(), "***")
        .replace(encoded(settings.clientSecret()), "***");
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private Exchange post(String url) throws IOException {
    try (FluentProducerTemplate template = camel.createFluentProducerTemplate()) {
      return template
          .to(HTTP)
          .withHeader(Exchange.HTTP_METHOD, "POST")
          .withHeader(Exchange.HTTP_URI, url)
          .withHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded")
          .withBody(form())
          .send();
    }
  }

  private String form() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("client_id", settings.clientId());
    fields.put("client_secret", settings.clientSecret());
    fields.put("client_version", settings.clientVersion());
    fields.put("grant_type", "client_credentials");
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** By our clock, as PhonePe's may differ: its life is what lies between PhonePe's two times. */
  private static Token token(JsonNode answer, Instant now) throws IOException {
    String value = answer.path("access_token").asText("");
    long issued = answer.path("issued_at").asLong(now.getEpochSecond());
    long life = answer.path("expires_at").asLong(issued) - issued;
    if (value.isEmpty() || life <= 0) {
      throw new IOException("PhonePe's answer has no access_token, or no expires_at after now");
    }
    return new Token(value, now.plusMillis(life * 500), now.plusSeconds(life));
  }

  /** The record's own text would tell the token. */
  private record Token(String value, Instant halfLife, Instant expiry) {
    @Override
    public String toString() {
      return "Token[until " + expiry + "]";
    }
  }
}
