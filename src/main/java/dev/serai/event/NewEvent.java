package dev.serai.event;

import java.time.Instant;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An event that is about to be appended.
 *
 * @param source who says that it happened, e.g. {@code stripe}; {@code serai} for the hub's own
 * @param type what happened, dotted, e.g. {@code stripe.invoice.paid}
 * @param key the dedupe key: a second event of the source with this key is a duplicate
 * @param subject what it happened to, e.g. {@code in_1NZ...}
 * @param workspace the tenant it belongs to
 * @param time when it happened, by its source
 * @param contentType media type of the body
 * @param body the bytes as received
 * @param sameBody whether two bodies under one key are copies of one event, or null to hold any
 *     second one for a copy
 * @param verifiedBy fingerprint of the secret that verified it, or {@link #RECOVERED} and how
 * @param causationId the event whose handling emitted this one
 * @param hops how many events lie between this one and the first of its chain
 * @param dueAt when its deliveries become due, or null for at once
 * @param sensitive whether the body is stored encrypted, and erased after its deliveries
 * @param priority of its deliveries, 0 to 9: the higher, the sooner
 */
public record NewEvent(
    String source,
    String type,
    String key,
    @Nullable String subject,
    @Nullable String workspace,
    Instant time,
    String contentType,
    byte[] body,
    @Nullable BiPredicate<byte[], byte[]> sameBody,
    @Nullable String verifiedBy,
    @Nullable UUID causationId,
    int hops,
    @Nullable Instant dueAt,
    boolean sensitive,
    int priority) {

  /** The exchange property under which a source leaves the event it has received. */
  public static final String PROPERTY = "SeraiReceived";

  /** What {@code verifiedBy} begins with where the hub asked for the event itself. */
  public static final String RECOVERED = "recovered:";

  /** Most bytes, in UTF-8, of a source, type, key, subject, workspace or content type. */
  public static final int MAX_TEXT = 512;

  /** The most urgent. */
  public static final int MAX_PRIORITY = 9;

  /** Within what PostgreSQL can store, and the hub reckon with in microseconds. */
  private static final Instant EARLIEST = Instant.parse("-4000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("+200000-01-01T00:00:00Z");

  /** What an append adds to the key of a conflict. */
  static final int MAX_KEY_SUFFIX = 16;

  /**
   * Checks what PostgreSQL would refuse, because a refused row fails every event of its group.
   *
   * @throws InvalidEventException naming the attribute
   */
  public NewEvent {
    check("source", source, true, MAX_TEXT);
    check("type", type, true, MAX_TEXT);
    check("key", key, true, MAX_TEXT + 2 * MAX_KEY_SUFFIX);
    check("subject", subject, false, MAX_TEXT);
    check("workspace", workspace, false, MAX_TEXT);
    check("contentType", contentType, true, MAX_TEXT);
    check("time", time);
    if (dueAt != null) {
      check("dueAt", dueAt);
    }
    if (priority < 0 || priority > MAX_PRIORITY) {
      throw new InvalidEventException(
          "priority", "is %s; it must be 0 to %s".formatted(priority, MAX_PRIORITY));
    }
  }

  /** One that is not sensitive. */
  public NewEvent(
      String source,
      String type,
      String key,
      @Nullable String subject,
      @Nullable String workspace,
      Instant time,
      String contentType,
      byte[] body,
      @Nullable BiPredicate<byte[], byte[]> sameBody,
      @Nullable String verifiedBy,
      @Nullable UUID causationId,
      int hops,
      @Nullable Instant dueAt) {
    this(
        source,
        type,
        key,
        subject,
        workspace,
        time,
        contentType,
        body,
        sameBody,
        verifiedBy,
        causationId,
        hops,
        dueAt,
        false,
        0);
  }

  /** The same event with another priority. */
  public NewEvent withPriority(int other) {
    return with(body, sameBody, sensitive, other);
  }

  /** The same event, sensitive from now on. */
  public NewEvent asSensitive() {
    return with(body, sameBody, true, priority);
  }

  /** The same event with what was decided; the first decision under its key is the one. */
  public NewEvent deciding(byte[] decision) {
    return with(decision, null, sensitive, priority);
  }

  private NewEvent with(
      byte[] otherBody,
      @Nullable BiPredicate<byte[], byte[]> otherSameBody,
      boolean otherSensitive,
      int otherPriority) {
    return new NewEvent(
        source,
        type,
        key,
        subject,
        workspace,
        time,
        contentType,
        otherBody,
        otherSameBody,
        verifiedBy,
        causationId,
        hops,
        dueAt,
        otherSensitive,
        otherPriority);
  }

  /** When its deliveries become due, if it is taken at this time. */
  Instant due(Instant receivedAt) {
    return dueAt == null ? receivedAt : dueAt;
  }

  /** Whether an event may have this time. */
  public static boolean isStorable(Instant time) {
    return !time.isBefore(EARLIEST) && time.isBefore(LATEST);
  }

  private static void check(String attribute, Instant time) {
    if (!isStorable(time)) {
      throw new InvalidEventException(
          attribute, "is not between %s and %s".formatted(EARLIEST, LATEST));
    }
  }

  private static void check(String attribute, @Nullable String value, boolean required, int max) {
    if (value == null || value.isEmpty()) {
      if (required) {
        throw new InvalidEventException(attribute, "is missing");
      }
      return;
    }
    int bytes = 0;
    for (int i = 0; i < value.length(); i++) {
      int c = value.codePointAt(i);
      if (c == 0) {
        throw new InvalidEventException(attribute, "contains the character U+0000");
      }
      if (Character.isSurrogate((char) c) && Character.isBmpCodePoint(c)) {
        throw new InvalidEventException(attribute, "contains half a surrogate pair");
      }
      i += Character.charCount(c) - 1;
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
    if (bytes > max) {
      throw new InvalidEventException(attribute, "has %s bytes; at most %s".formatted(bytes, max));
    }
  }
}
