package dev.serai.cloud.storage;

import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The buckets of Google Cloud Storage. */
final class GoogleObjects implements ObjectStore {

  private static final int BUFFER = 64 * 1024;

  private final Map<String, GoogleBucket> buckets = new LinkedHashMap<>();

  GoogleObjects(BucketSettings settings, GoogleStorage cloud) {
    settings
        .byName()
        .forEach((bucket, name) -> buckets.put(bucket, new GoogleBucket(bucket, name, cloud)));
  }

  @Override
  public void check(String bucket) throws ObjectRefusedException {
    bucket(bucket);
  }

  GoogleBucket bucket(String name) throws ObjectRefusedException {
    GoogleBucket bucket = buckets.get(name);
    if (bucket == null) {
      throw ObjectRefusedException.noBucket(name, buckets.keySet());
    }
    return bucket;
  }

  Iterable<GoogleBucket> all() {
    return buckets.values();
  }

  @Override
  public StoredObject put(String bucket, Upload upload) throws IOException {
    return bucket(bucket).put(upload);
  }

  @Override
  public Optional<StoredObject> find(String bucket, String name) throws IOException {
    return bucket(bucket).find(name);
  }

  @Override
  public Reading read(String bucket, String name) throws IOException {
    Reading found = bucket(bucket).open(name, 0, Long.MAX_VALUE);
    return new Reading(
        found.object(),
        new BufferedInputStream(new VerifiedStream(found.in(), found.object()), BUFFER));
  }

  @Override
  public Reading read(String bucket, String name, long offset, long length) throws IOException {
    Reading found = bucket(bucket).open(name, offset, length);
    long rest = Math.min(length, found.object().size() - offset);
    return new Reading(
        found.object(), new BufferedInputStream(new PartStream(found.in(), rest), BUFFER));
  }

  @Override
  public boolean delete(String bucket, String name, long generation) throws IOException {
    return bucket(bucket).delete(name, generation);
  }

  @Override
  public ObjectPage list(String bucket, String prefix, String after, int limit) throws IOException {
    return bucket(bucket).list(prefix, after, limit);
  }
}
