package dev.serai.cloud.google;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Identity tokens as Google issues them, of keys whose public halves a server shows. */
public final class GoogleTokens {

  /** The service account that they are of. */
  public static final String ACCOUNT = "tasks@acme-test-1.iam.gserviceaccount.com";

  private static final String ISSUER = "https://accounts.google.com";

  private final List<JWK> shown = new CopyOnWriteArrayList<>();
  private volatile JWK signing;

  public GoogleTokens() {
    signing = rsa("first");
    shown.add(signing);
  }

  public static JWK rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  public static JWK ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key that signs from now on; the keys that are shown stay what they are. */
  public void signWith(JWK key) {
    signing = key;
  }

  /** The keys that are shown from now on. */
  public void show(JWK... keys) {
    shown.clear();
    shown.addAll(List.of(keys));
  }

  public JWK signing() {
    return signing;
  }

  /** Answers with the keys, as googleapis.com/oauth2/v3/certs does. */
  public void keys(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Cache-Control", "public, max-age=3600, must-revalidate");
    HttpFake.answer(exchange, 200, new JWKSet(shown).toString(true));
  }

  /** What a token of the account says. */
  public static JWTClaimsSet.Builder claims(String audience, Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(audience)
        .subject("110169484474386276334")
        .claim("azp", "110169484474386276334")
        .claim("email", ACCOUNT)
        .claim("email_verified", true)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(3600)));
  }

  /** A token for an audience, as good as Google's. */
  public String token(String audience, Instant now) {
    return signed(claims(audience, now).build());
  }

  public String signed(JWTClaimsSet claims) {
    return signed(claims, signing);
  }

  public static String signed(JWTClaimsSet claims, JWK key) {
    try {
      boolean rsa = key instanceof RSAKey;
      JWSSigner signer = rsa ? new RSASSASigner(key.toRSAKey()) : new ECDSASigner(key.toECKey());
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(rsa ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256)
                  .keyID(key.getKeyID())
                  .build(),
              claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
