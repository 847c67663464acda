package dev.serai.cloud.storage;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes addresses that open one object for a time, and knows them again. */
public final class SignedAddresses implements ObjectSigner {

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final List<ObjectSecret> secrets;
  private final Supplier<URI> hub;
  private final Clock clock;

  /**
   * @param hub where it is reached
   */
  SignedAddresses(List<ObjectSecret> secrets, Supplier<URI> hub, Clock clock) {
    this.secrets = secrets;
    this.hub = hub;
    this.clock = clock;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public SignedAddress sign(Permit permit) {
    return new SignedAddress(
        of(permit),
        permit.contentType().isEmpty() ? Map.of() : Map.of("Content-Type", permit.contentType()));
  }

  /** The address for a permit. */
  String of(Permit permit) {
    Instant now = clock.instant();
    ObjectSecret secret;
    try {
      secret = secrets.stream().filter(one -> one.isValid(now)).toList().getLast();
    } catch (NoSuchElementException e) {
      throw new IllegalStateException(
          "No secret of serai.objects.secrets (SERAI_OBJECTS_SECRETS) is valid; add one", e);
    }
    String path =
        Arrays.stream(permit.name().split("/", -1))
            .map(SignedAddresses::encoded)
            .collect(Collectors.joining("/"));
    StringBuilder address = new StringBuilder(hub.get().toString().replaceAll("/+$", ""));
    address.append("/objects/").append(permit.bucket()).append('/').append(path);
    address.append("?expires=").append(permit.expires());
    if (permit.isPut()) {
      address.append("&max_bytes=").append(permit.maxBytes());
      address.append("&content_type=").append(encoded(permit.contentType()));
      address.append("&overwrite=").append(permit.overwrite());
    }
    String signature = BASE64.encodeToString(secret.sign(permit.text()));
    return address.append("&signature=").append(signature).toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * What a request may do.
   *
   * @param query its parameters
   * @throws PermitException if it may not
   */
  public Permit verify(String method, String bucket, String name, Map<String, String> query)
      throws PermitException {
    String expires = query.getOrDefault("expires", "");
    String signature = query.getOrDefault("signature", "");
    boolean put = method.equals("PUT");
    String most = put ? query.getOrDefault("max_bytes", "") : "0";
    if (signature.isEmpty() || !expires.matches("[0-9]{1,18}") || !most.matches("[0-9]{1,18}")) {
      throw new PermitException(
          "signature_missing", "This needs an address as the Kamelet object-sign makes it, whole");
    }
    Permit permit =
        new Permit(
            method,
            bucket,
            name,
            Long.parseLong(expires),
            put ? query.getOrDefault("content_type", "") : "",
            Long.parseLong(most),
            !put || Boolean.parseBoolean(query.getOrDefault("overwrite", "true")));
    Instant now = clock.instant();
    if (!isSigned(permit, signature.getBytes(StandardCharsets.US_ASCII), now)) {
      throw new PermitException(
          "signature_mismatch", "The signature is not that of this method and address");
    }
    if (permit.expires() <= now.getEpochSecond()) {
      throw new PermitException(
          "expired", "The address was good until " + Instant.ofEpochSecond(permit.expires()));
    }
    return permit;
  }

  /** Compares with all secrets, and all of each, so that the time taken tells nothing. */
  private boolean isSigned(Permit permit, byte[] signature, Instant now) {
    boolean signed = false;
    for (ObjectSecret secret : secrets) {
      byte[] right = BASE64.encode(secret.sign(permit.text()));
      signed |= MessageDigest.isEqual(right, signature) && secret.isValid(now);
    }
    return signed;
  }
}
