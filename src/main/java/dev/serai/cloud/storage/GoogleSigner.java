package dev.serai.cloud.storage;

import com.google.auth.Credentials;
import com.google.auth.ServiceAccountSigner;
import dev.serai.cloud.google.GoogleException;
import dev.serai.cloud.storage.ObjectException.BucketUnavailableException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.ContentDisposition;

/**
 * Signs addresses of Cloud Storage's: with the key of the service account, or where there is none
 * by asking Google to. Google's client could, but writes the date in the digits of the default
 * locale.
 */
final class GoogleSigner implements ObjectSigner {

  private static final String GOOGLE = "https://storage.googleapis.com";

  private final GoogleObjects objects;
  private final GoogleStorage cloud;
  private final Clock clock;

  GoogleSigner(GoogleObjects objects, GoogleStorage cloud, Clock clock) {
    this.objects = objects;
    this.cloud = cloud;
    this.clock = clock;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public SignedAddress sign(Permit permit) throws ObjectException {
    GoogleBucket bucket = objects.bucket(permit.bucket());
    String host = cloud.endpoint().isEmpty() ? GOOGLE : cloud.endpoint();
    Map<String, String> bounds = bounds(permit);
    Map<String, String> headers = new TreeMap<>();
    bounds.forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
    headers.put("host", URI.create(host).getAuthority());
    Instant now = clock.instant();
    SignedRequest request =
        new SignedRequest(
            permit.method(),
            "/" + bucket.outside() + "/" + SignedRequest.path(permit.name()),
            headers,
            now,
            Math.max(1, permit.expires() - now.getEpochSecond()));
    ServiceAccountSigner signer = signer(permit, bucket);
    try {
      Map<String, String> query = permit.isPut() ? Map.of() : asFile(permit);
      String signed = request.signed(signer.getAccount(), query, signer::sign);
      return new SignedAddress(host + signed, bounds);
    } catch (RuntimeException e) {
      throw unsigned(permit, bucket, e);
    }
  }

  private ServiceAccountSigner signer(Permit permit, GoogleBucket bucket) throws ObjectException {
    Credentials credentials;
    try {
      credentials = cloud.account().credentials(cloud.endpoint());
    } catch (GoogleException e) {
      throw bucket.failure().of(e, "iam.serviceAccounts.signBlob");
    }
    if (credentials instanceof ServiceAccountSigner signer) {
      return signer;
    }
    throw unsigned(
        permit,
        bucket,
        new IllegalStateException("these credentials are not those of a service account"));
  }

  private BucketUnavailableException unsigned(
      Permit permit, GoogleBucket bucket, RuntimeException why) {
    return BucketUnavailableException.saying(
        String.join(
            " ",
            "No address of object '%s' of bucket '%s' can be signed: %s;"
                .formatted(permit.name(), bucket.outside(), why.getMessage()),
            "either serai.google.credentials names the key of a service account, or the %s must have"
                .formatted(cloud.account().described()),
            "the permission iam.serviceAccounts.signBlob on itself (serai.buckets.%s)"
                .formatted(permit.bucket())),
        why);
  }

  /** What the holder must send, too: it is signed with the address. */
  private static Map<String, String> bounds(Permit permit) {
    Map<String, String> bounds = new TreeMap<>();
    if (permit.isPut()) {
      String type = permit.contentType();
      bounds.put("Content-Type", type.isEmpty() ? "application/octet-stream" : type);
      bounds.put("x-goog-content-length-range", "0," + permit.maxBytes());
      if (!permit.overwrite()) {
        bounds.put("x-goog-if-generation-match", "0");
      }
    }
    return bounds;
  }

  /** To browsers it is a file to keep, never a page. */
  private static Map<String, String> asFile(Permit permit) {
    String name = permit.name().substring(permit.name().lastIndexOf('/') + 1);
    return Map.of(
        "response-content-disposition",
        ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString());
  }
}
