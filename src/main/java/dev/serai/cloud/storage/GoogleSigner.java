package dev.serai.cloud.storage;

import com.google.auth.ServiceAccountSigner;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.HttpMethod;
import com.google.cloud.storage.Storage.SignUrlOption;
import com.google.cloud.storage.StorageException;
import dev.serai.cloud.google.GoogleException;
import dev.serai.cloud.storage.ObjectException.BucketUnavailableException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.springframework.http.ContentDisposition;

/**
 * Signs addresses of Cloud Storage's (V4): with the key of the service account, or where there is
 * none by asking Google to.
 */
final class GoogleSigner implements ObjectSigner {

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
    String type =
        permit.contentType().isEmpty() ? "application/octet-stream" : permit.contentType();
    BlobInfo object =
        BlobInfo.newBuilder(BlobId.of(bucket.outside(), permit.name()))
            .setContentType(permit.isPut() ? type : null)
            .build();
    Map<String, String> bounds = bounds(permit);
    List<SignUrlOption> options = new ArrayList<>();
    options.add(SignUrlOption.withV4Signature());
    if (!cloud.endpoint().isEmpty()) {
      options.add(SignUrlOption.withHostName(cloud.endpoint()));
    }
    if (permit.isPut()) {
      options.add(SignUrlOption.httpMethod(HttpMethod.PUT));
      options.add(SignUrlOption.withContentType());
      options.add(SignUrlOption.withExtHeaders(bounds));
    } else {
      options.add(SignUrlOption.withQueryParams(asFile(permit)));
    }
    long seconds = Math.max(1, permit.expires() - clock.instant().getEpochSecond());
    URL signed = signed(permit, bucket, object, seconds, options);
    Map<String, String> headers = new TreeMap<>(bounds);
    if (permit.isPut()) {
      headers.put("Content-Type", type);
    }
    return new SignedAddress(signed.toString(), headers);
  }

  private URL signed(
      Permit permit,
      GoogleBucket bucket,
      BlobInfo object,
      long seconds,
      List<SignUrlOption> options)
      throws ObjectException {
    try {
      return cloud
          .client()
          .storage()
          .signUrl(object, seconds, TimeUnit.SECONDS, options.toArray(SignUrlOption[]::new));
    } catch (StorageException | GoogleException e) {
      throw bucket.failure().of(e, "iam.serviceAccounts.signBlob");
    } catch (ServiceAccountSigner.SigningException | IllegalStateException e) {
      throw new BucketUnavailableException(
          String.join(
              " ",
              "An address of object '%s' of bucket '%s' can't be signed:"
                  .formatted(permit.name(), bucket.outside()),
              "the %s has no key of its own (serai.google.credentials),"
                  .formatted(cloud.account().described()),
              "and asking Google to sign needs the permission iam.serviceAccounts.signBlob",
              "on the service account itself (serai.buckets.%s)".formatted(permit.bucket())),
          e);
    }
  }

  /** What the holder must send, too: it was signed with the address. */
  private static Map<String, String> bounds(Permit permit) {
    Map<String, String> bounds = new TreeMap<>();
    if (permit.isPut()) {
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
