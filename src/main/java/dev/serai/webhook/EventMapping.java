package dev.serai.webhook;

import dev.serai.event.InvalidEventException;
import dev.serai.event.KnownKeys;
import dev.serai.event.NewEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes an event of a body, by what the source's route says of it. */
final class EventMapping {

  private final SourceOptions options;
  private final SourceEnvelope envelopes;
  private final ValueExpression type;
  private final ValueExpression key;
  private final @Nullable ValueExpression subject;
  private final @Nullable ValueExpression workspace;
  private final @Nullable ValueExpression time;
  private final @Nullable ValueExpression recoveredKey;
  private final KnownKeys known;
  private final TypeNames typeNames;
  private final List<String> types;
  private final Redaction redaction;
  private final KeptHeaders kept;

  EventMapping(SourceOptions options, Scheme scheme, KnownKeys known) {
    this.options = options;
    this.known = known;
    this.type = ValueExpression.parse("type", options.type);
    this.key = ValueExpression.parse("key", options.key);
    this.subject = optional("subject", options.subject);
    this.workspace = optional("workspace", options.workspace);
    this.time = optional("time", options.time);
    this.recoveredKey = optional("recoveredKey", options.recoveredKey);
    this.typeNames = TypeNames.parse(options.typeNames);
    this.types = SourceOptions.split(options.types);
    this.redaction = Redaction.parse(options.redact);
    this.kept = new KeptHeaders(scheme);
    List<String> wanted =
        Stream.of(type, key, subject, workspace, time, recoveredKey)
            .filter(Objects::nonNull)
            .flatMap(ValueExpression::pointers)
            .collect(Collectors.toList());
    wanted.add(options.livemode);
    this.envelopes = new SourceEnvelope(scheme, wanted, options.volatilePointers());
  }

  private static @Nullable ValueExpression optional(String option, @Nullable String text) {
    return text == null || text.isEmpty() ? null : ValueExpression.parse(option, text);
  }

  /** The event of a verified request; if it was recovered before, under the key of that. */
  NewEvent event(SignedRequest request, String contentType, Verdict.Accepted accepted, Instant now)
      throws RefusedException {
    Envelope envelope = read(request);
    String found =
        value(recoveredKey, envelope, request)
            .filter(recovered -> !known.of(options.source, List.of(recovered)).isEmpty())
            .orElse(null);
    return event(
        request,
        envelope,
        contentType,
        found == null ? key(envelope, request) : found,
        key.isHash() ? null : this::sameBody,
        accepted.key(),
        now);
  }

  /**
   * The event of a body that the hub has asked for, as if it had been posted. Nobody has signed it.
   *
   * @param by how it was asked for
   */
  NewEvent recovered(byte[] body, String by, Instant now) throws RefusedException {
    SignedRequest request = SignedRequest.of(Map.of(), body);
    Envelope envelope = read(request);
    return event(
        request,
        envelope,
        options.mediaTypes().getFirst(),
        key(envelope, request),
        null,
        NewEvent.RECOVERED + by,
        now);
  }

  private Envelope read(SignedRequest request) throws RefusedException {
    return envelopes.read(request.body(), type.needsHash() || key.needsHash());
  }

  private NewEvent event(
      SignedRequest request,
      Envelope envelope,
      String contentType,
      String keyValue,
      @Nullable BiPredicate<byte[], byte[]> sameBody,
      String verifiedBy,
      Instant now)
      throws RefusedException {
    checkMode(envelope);
    checkType(envelope, request);
    String name = required("type", type, envelope, request, typeNames::of);
    byte[] stored = redaction.apply(name, request.body());
    // A body that was changed, or goes soon, can't be verified again.
    boolean provable = stored == request.body() && !options.sensitive;
    try {
      return new NewEvent(
          options.source,
          options.source + "." + name,
          keyValue,
          value(subject, envelope, request).orElse(null),
          value(workspace, envelope, request).orElse(null),
          value(time, envelope, request).flatMap(EventTime::parse).orElse(now),
          contentType,
          stored,
          sameBody,
          verifiedBy,
          null,
          0,
          null,
          options.sensitive,
          0,
          provable ? kept.of(request) : null,
          null);
    } catch (InvalidEventException e) {
      throw new RefusedException(Cause.ENVELOPE, e.problem());
    }
  }

  private void checkType(Envelope envelope, SignedRequest request) throws RefusedException {
    if (types.isEmpty()) {
      return;
    }
    String found = required("type", type, envelope, request, UnaryOperator.identity());
    if (!types.contains(found)) {
      throw new RefusedException(
          Cause.WRONG_TYPE, "Source '%s' takes %s only".formatted(options.source, types));
    }
  }

  private static Optional<String> value(
      @Nullable ValueExpression expression, Envelope envelope, SignedRequest request) {
    return expression == null
        ? Optional.empty()
        : expression.of(envelope, request, UnaryOperator.identity());
  }

  private String key(Envelope envelope, SignedRequest request) throws RefusedException {
    String value = required("key", key, envelope, request, UnaryOperator.identity());
    // The log takes a little more: a body that contradicts the first is kept under key~hash.
    if (value.getBytes(StandardCharsets.UTF_8).length > NewEvent.MAX_TEXT) {
      throw new RefusedException(
          Cause.ENVELOPE, "The key has more than %s bytes".formatted(NewEvent.MAX_TEXT));
    }
    return value;
  }

  /** Whether two bodies differ in nothing but their volatile values. */
  private boolean sameBody(byte[] one, byte[] other) {
    try {
      return Arrays.equals(one, other)
          || Arrays.equals(envelopes.read(one, true).hash(), envelopes.read(other, true).hash());
    } catch (RefusedException e) {
      throw new IllegalStateException("A body that was accepted can't be read again", e);
    }
  }

  private void checkMode(Envelope envelope) throws RefusedException {
    if (options.mode == SourceOptions.Mode.ANY) {
      return;
    }
    String wanted = Boolean.toString(options.mode == SourceOptions.Mode.LIVE);
    String found = envelope.scalar(options.livemode).orElse("missing");
    if (!found.equals(wanted)) {
      throw new RefusedException(
          Cause.WRONG_MODE,
          "Source '%s' takes %s events only; %s is %s"
              .formatted(
                  options.source,
                  options.mode.name().toLowerCase(Locale.ROOT),
                  options.livemode,
                  found));
    }
  }

  private static String required(
      String option,
      ValueExpression expression,
      Envelope envelope,
      SignedRequest request,
      UnaryOperator<String> names)
      throws RefusedException {
    return expression
        .of(envelope, request, names)
        .orElseThrow(
            () ->
                new RefusedException(
                    Cause.ENVELOPE, "The request has no %s at %s".formatted(option, expression)));
  }
}
