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
 * @param signature the headers that prove its body, as a JSON object, or null if they are not kept
 * @param trace what caused it, as {@code traceparent} and, after a space, {@code tracestate}; null
 *     if a trace of its own begins with it
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
    int priority,
    @Nullable String signature,
    @Nullable String trace) {

  /** The exchange property under which a source leaves the event it has received. */
  public static final String PROPERTY = "SeraiReceived";

  /** What {@code verifiedBy} begins with where the hub asked for the event itself. */
  public static final String RECOVERED = "recovered:";

  /** Most bytes, in UTF-8, of a source, type, key, subject, workspace or content type. */
  public static final int MAX_TEXT = 512;

  /** The most urgent. */
  public static final int MAX_PRIORITY = 9;

  /** What an append adds to the key of a conflict. */
  static final int MAX_KEY_SUFFIX = 16;

  /**
   * Checks what PostgreSQL would refuse, because a refused row fails every event of its group.
   *
   * @throws InvalidEventException naming the attribute
   */
  public NewEvent {
    Attributes.check("source", source, true, MAX_TEXT);
    Attributes.check("type", type, true, MAX_TEXT);
    Attributes.check("key", key, true, MAX_TEXT + 2 * MAX_KEY_SUFFIX);
    Attributes.check("subject", subject, false, MAX_TEXT);
    Attributes.check("workspace", workspace, false, MAX_TEXT);
    Attributes.check("contentType", contentType, true, MAX_TEXT);
    Attributes.check("time", time);
    if (dueAt != null) {
      Attributes.check("dueAt", dueAt);
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

  /** One that begins a trace, and whose signature, if it has any, is not kept. */
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
      @Nullable Instant dueAt,
      boolean sensitive,
      int priority) {
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
        sensitive,
        priority,
        null,
        null);
  }

  /** The same event in the trace of what caused it. */
  public NewEvent causedBy(@Nullable String context) {
    return with(body, sameBody, sensitive, priority, signature, context);
  }

  /** The same event with another priority. */
  public NewEvent withPriority(int other) {
    return with(body, sameBody, sensitive, other, signature, trace);
  }

  /** The same event, sensitive from now on. */
  public NewEvent asSensitive() {
    return with(body, sameBody, true, priority, null, trace);
  }

  /** The same event with what was decided; the first decision under its key is the one. */
  public NewEvent deciding(byte[] decision) {
    return with(decision, null, sensitive, priority, null, trace);
  }

  private NewEvent with(
      byte[] otherBody,
      @Nullable BiPredicate<byte[], byte[]> otherSameBody,
      boolean otherSensitive,
      int otherPriority,
      @Nullable String otherSignature,
      @Nullable String otherTrace) {
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
        otherPriority,
        otherSignature,
        otherTrace);
  }

  /** Whether a webhook has brought it. */
  public boolean isReceived() {
    return verifiedBy != null && causationId == null && !verifiedBy.startsWith(RECOVERED);
  }

  /** Whether a source has brought it and anybody may keep it, as {@code received} asks for. */
  boolean isOpen() {
    return verifiedBy != null && !sensitive;
  }

  /** When its deliveries become due, if it is taken at this time. */
  Instant due(Instant receivedAt) {
    return dueAt == null ? receivedAt : dueAt;
  }
}
