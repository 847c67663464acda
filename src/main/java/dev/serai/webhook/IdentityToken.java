package dev.serai.webhook;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An identity token that a key of Google's has signed. */
final class IdentityToken {

  private static final Set<String> ISSUERS =
      Set.of("https://accounts.google.com", "accounts.google.com");

  private final JWTClaimsSet claims;

  private IdentityToken(JWTClaimsSet claims) {
    this.claims = claims;
  }

  /**
   * Verifies the signature, and nothing else.
   *
   * @throws RefusedException for whatever no key of Google's has signed
   */
  static IdentityToken verified(String text, GoogleKeys keys) throws RefusedException {
    try {
      SignedJWT token = SignedJWT.parse(text);
      JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
      String id = token.getHeader().getKeyID();
      // Which algorithms count is ours to say: 'none' and HMAC would be the sender's.
      if (!algorithm.equals(JWSAlgorithm.RS256) && !algorithm.equals(JWSAlgorithm.ES256)) {
        throw SignatureHeader.malformed("The token is signed neither with RS256 nor with ES256");
      }
      if (id == null || id.isEmpty() || token.getHeader().getCriticalParams() != null) {
        throw SignatureHeader.malformed("The token does not name its key as Google's do");
      }
      JWK key =
          keys.find(id)
              .orElseThrow(() -> mismatch("The token names a key that is none of Google's"));
      Optional<JWSVerifier> verifier = verifier(key, algorithm);
      if (verifier.isEmpty() || !token.verify(verifier.get())) {
        throw mismatch(
            "The key of Google's that the token names has not signed it (does something before the"
                + " hub take signatures away, as Cloud Run's own check does?)");
      }
      return new IdentityToken(token.getJWTClaimsSet());
    } catch (ParseException | JOSEException | IllegalArgumentException | IllegalStateException e) {
      throw SignatureHeader.malformed("There is no token that can be read behind 'Bearer '");
    }
  }

  private static Optional<JWSVerifier> verifier(JWK key, JWSAlgorithm algorithm)
      throws JOSEException {
    return switch (key) {
      case RSAKey rsa when algorithm.equals(JWSAlgorithm.RS256) ->
          Optional.of(new RSASSAVerifier(rsa));
      case ECKey ec
          when algorithm.equals(JWSAlgorithm.ES256) && ec.getCurve().equals(Curve.P_256) ->
          Optional.of(new ECDSAVerifier(ec));
      default -> Optional.empty();
    };
  }

  /**
   * @throws RefusedException unless it is Google's, for one of the audiences
   */
  void checkFor(List<String> audiences) throws RefusedException {
    if (!ISSUERS.contains(String.valueOf(claims.getIssuer()))) {
      throw mismatch("The token has another issuer than Google");
    }
    List<String> shown = claims.getAudience();
    if (shown.size() != 1 || !audiences.contains(shown.getFirst())) {
      throw mismatch("The token is for another audience than %s".formatted(audiences));
    }
  }

  /** The e-mail of the service account, which Google has verified. */
  String email() throws RefusedException {
    if (claims.getClaim("email") instanceof String email
        && Boolean.TRUE.equals(claims.getClaim("email_verified"))) {
      return email;
    }
    throw mismatch("The token has no e-mail that Google has verified");
  }

  /**
   * @param tolerance how far the clocks may be apart
   * @throws RefusedException when it is not valid yet, or no more
   */
  void checkAt(Instant now, Duration tolerance) throws RefusedException {
    Date end = claims.getExpirationTime();
    Date begin = claims.getIssueTime();
    if (end == null || begin == null) {
      throw SignatureHeader.malformed("The token does not say from when to when it is valid");
    }
    if (!now.minus(tolerance).isBefore(end.toInstant())) {
      throw new RefusedException(
          Cause.TOO_OLD,
          "The token has expired; %s s are tolerated".formatted(tolerance.toSeconds()));
    }
    Date notBefore = claims.getNotBeforeTime();
    Instant valid =
        notBefore == null || notBefore.before(begin) ? begin.toInstant() : notBefore.toInstant();
    if (valid.isAfter(now.plus(tolerance))) {
      throw new RefusedException(
          Cause.TOO_NEW,
          "The token is not valid yet; %s s are tolerated".formatted(tolerance.toSeconds()));
    }
  }

  private static RefusedException mismatch(String explanation) {
    return new RefusedException(Cause.SIGNATURE_MISMATCH, explanation);
  }
}
