package dev.serai.cloud.secret;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;

/**
 * The bean of one use of the Kamelet {@code secret-get}: gives the route a secret, which it keeps
 * in memory for a while.
 */
public final class SecretGet {

  static final String LATEST = "latest";

  private static final Logger log = LoggerFactory.getLogger(SecretGet.class);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final SecretStore store;
  private final Clock clock;
  private final ReentrantLock turn = new ReentrantLock();
  private String name = "";
  private String version = LATEST;
  private String variable = "";
  private boolean optional;
  private Duration refresh = Duration.ofMinutes(5);
  private volatile @Nullable Kept kept;

  SecretGet(SecretStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * @throws IllegalArgumentException naming the parameter whose value can't be
   */
  public void open() {
    require(
        name.matches("[A-Za-z0-9_-]{1,255}"),
        "name",
        name,
        "be letters, digits, - and _, 255 at most");
    require(
        version.equals(LATEST) || version.matches("[1-9]\\d{0,17}"),
        "version",
        version,
        "be a number or latest");
    require(
        variable.isEmpty() || variable.matches("[A-Za-z][A-Za-z0-9_-]*"),
        "variable",
        variable,
        "be a name, or empty for the body");
    require(
        !refresh.isNegative() && refresh.compareTo(LONGEST) <= 0,
        "refresh",
        refresh.toString(),
        "be a time span of a day at most");
    store.expect(name, version);
  }

  private static void require(boolean condition, String parameter, String value, String must) {
    if (!condition) {
      throw new IllegalArgumentException(
          "secret-get: parameter '%s' is '%s'; it must %s".formatted(parameter, value, must));
    }
  }

  /**
   * Puts the secret where the route wants it.
   *
   * @throws SecretException naming the secret and where it was looked for
   */
  public void get(Exchange exchange) {
    String value = value();
    if (value == null && !optional) {
      throw new SecretException(
          "There is no secret '%s', version %s. It was looked for in %s"
              .formatted(name, version, store.described(name, version)),
          null);
    }
    if (variable.isEmpty()) {
      exchange.getMessage().setBody(value);
    } else {
      exchange.setVariable(variable, value);
    }
  }

  /** What is not there is looked for each time. */
  private @Nullable String value() {
    Kept last = kept;
    if (last == null || refresh.isZero()) {
      return read(null);
    }
    if (clock.instant().isBefore(last.until)) {
      return last.value;
    }
    if (!turn.tryLock()) {
      // Somebody is asking: that may take its time.
      return last.value;
    }
    try {
      return read(last);
    } finally {
      turn.unlock();
    }
  }

  private @Nullable String read(@Nullable Kept last) {
    Instant now = clock.instant();
    try {
      String value = store.read(name, version);
      kept = value == null ? null : new Kept(value, now, now.plus(refresh));
      return value;
    } catch (SecretAwayException e) {
      if (last == null || now.isAfter(last.readAt.plus(LONGEST))) {
        throw new SecretException(String.valueOf(e.getMessage()), e);
      }
      log.warn(
          "The value of secret {} that was read at {} goes on: {}",
          name,
          last.readAt,
          e.getMessage());
      kept = new Kept(last.value, last.readAt, now.plus(PAUSE));
      return last.value;
    }
  }

  public void setName(String name) {
    this.name = name;
  }

  public void setVersion(String version) {
    this.version = version;
  }

  public void setVariable(String variable) {
    this.variable = variable;
  }

  public void setOptional(boolean optional) {
    this.optional = optional;
  }

  /** How long a value that was read counts. */
  public void setRefresh(String refresh) {
    this.refresh = DurationStyle.detectAndParse(refresh);
  }

  /**
   * @param until when it is read again
   */
  private record Kept(String value, Instant readAt, Instant until) {
    @Override
    public String toString() {
      return "Kept[***]";
    }
  }
}
