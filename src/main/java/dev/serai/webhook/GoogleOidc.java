package dev.serai.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An identity token of Google in {@code Authorization: Bearer}, as push subscriptions of Pub/Sub
 * and Cloud Tasks send it. Its "secrets" are the e-mails of the service accounts that may post.
 *
 * <p>It says who posts, and nothing of the body. Source:
 * cloud.google.com/pubsub/docs/authenticate-push-subscriptions and
 * cloud.google.com/tasks/docs/creating-http-target-tasks.
 */
final class GoogleOidc implements Scheme {

  static final String NAME = "google-oidc";

  private static final String HEADER = "Authorization";
  private static final String BEARER = "Bearer ";

  private final GoogleKeys keys;
  private final List<String> audiences;

  GoogleOidc(GoogleKeys keys, OidcOptions options) {
    this.keys = keys;
    this.audiences = options.audiences();
    SourceOptions.require(
        !audiences.isEmpty(), "audience", options.audience, "say whom tokens must be for");
    keys.prepare();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> signatureHeaders() {
    return Set.of(HEADER);
  }

  /** None: a token is good for any body. */
  @Override
  public Set<String> keptHeaders() {
    return Set.of();
  }

  @Override
  public Verdict.Accepted verify(
      SignedRequest request, List<Secret> secrets, Instant now, Duration tolerance)
      throws RefusedException {
    String header = SignatureHeader.of(request, HEADER);
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw SignatureHeader.malformed("The Authorization header does not begin with 'Bearer '");
    }
    IdentityToken token = IdentityToken.verified(header.substring(BEARER.length()).strip(), keys);
    token.checkFor(audiences);
    byte[] email = token.email().getBytes(StandardCharsets.UTF_8);
    Secret match = null;
    for (Secret secret : secrets) {
      if (MessageDigest.isEqual(secret.value().getBytes(StandardCharsets.UTF_8), email)) {
        match = secret;
      }
    }
    if (match == null) {
      throw new RefusedException(
          Cause.SIGNATURE_MISMATCH,
          "The token is of none of %s service accounts".formatted(secrets.size()));
    }
    token.checkAt(now, tolerance);
    // Google sends one token for up to an hour: when it was issued tells nothing of the clocks.
    return new Verdict.Accepted(match.fingerprint(), null);
  }

  @Override
  public Optional<String> secretProblem(Secret secret) {
    return secret.value().matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")
        ? Optional.empty()
        : Optional.of("is not the e-mail of a service account");
  }

  @Override
  public Set<String> envelopePointers() {
    return PushMessage.POINTERS;
  }

  @Override
  public Optional<String> envelopeProblem(Envelope envelope) {
    return PushMessage.problem(envelope);
  }

  /** An account that there isn't: a source without one takes nothing. */
  @Override
  public String newSecret() {
    return "nobody@%s.invalid".formatted(RandomHex.of(8).toLowerCase(Locale.ROOT));
  }

  @Override
  public Map<String, String> sign(byte[] body, Secret secret, Instant now) {
    throw new IllegalArgumentException("Only Google signs identity tokens of its accounts");
  }
}
