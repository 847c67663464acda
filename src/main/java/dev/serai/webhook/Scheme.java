package dev.serai.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a provider proves that a request is its own, and what its events look like.
 *
 * <p>A scheme looks at raw bytes, compares in constant time, and answers every input: with its
 * consent or with a refusal, never with another exception.
 */
public interface Scheme {

  /** How routes and vectors call it, e.g. {@code stripe-v1}. */
  String name();

  /** The headers that carry its proof; they are kept out of tables and logs. */
  Set<String> signatureHeaders();

  /**
   * The headers that are kept with an event, so that its body can be verified again: all that the
   * proof needs, and none that proves another body, too.
   */
  default Set<String> keptHeaders() {
    return signatureHeaders();
  }

  /**
   * Verifies a request.
   *
   * @param secrets those that count now, each of the form that {@link #secretProblem} accepts
   * @param now by the hub's clock
   * @param tolerance how far the time of signing may be from it, in both directions
   * @throws RefusedException for whatever is not proven
   */
  Verdict.Accepted verify(
      SignedRequest request, List<Secret> secrets, Instant now, Duration tolerance)
      throws RefusedException;

  /** What keeps a secret from proving anything: it has another form, or the world knows it. */
  Optional<String> secretProblem(Secret secret);

  /** The JSON with the event, of a verified body: the body itself, unless it is wrapped. */
  default byte[] payload(byte[] body) throws EnvelopeException {
    return body;
  }

  /** JSON pointers to what {@link #envelopeProblem} looks at. */
  Set<String> envelopePointers();

  /** What keeps a rightly signed body from being an event of this provider. */
  Optional<String> envelopeProblem(Envelope envelope);

  /** The opposite of {@link #payload}: a body as the provider would send it, for development. */
  default byte[] wrap(byte[] payload) {
    return payload;
  }

  /** A secret of the form that the provider issues, for development. */
  String newSecret();

  /** The headers that the provider would send with this body, for development and tests. */
  Map<String, String> sign(byte[] body, Secret secret, Instant now);
}
