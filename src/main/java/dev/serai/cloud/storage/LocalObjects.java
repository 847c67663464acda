package dev.serai.cloud.storage;

import dev.serai.cloud.storage.ObjectException.ObjectCorruptException;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The buckets, as folders below {@code objects} of the data directory. */
public final class LocalObjects implements ObjectStore {

  private static final int BUFFER = 64 * 1024;

  private final Map<String, Bucket> buckets = new LinkedHashMap<>();

  LocalObjects(Path folder, BucketSettings settings, Clock clock) {
    settings
        .byName()
        .forEach(
            (bucket, name) -> buckets.put(bucket, new Bucket(bucket, folder.resolve(name), clock)));
  }

  /** Removes what hubs that were killed have left. */
  void open() {
    buckets.values().forEach(bucket -> bucket.leftOvers().removeNowAndThen());
  }

  @Override
  public void check(String bucket) throws ObjectRefusedException {
    bucket(bucket);
  }

  private Bucket bucket(String name) throws ObjectRefusedException {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw ObjectRefusedException.noBucket(name, buckets.keySet());
    }
    return bucket;
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
    Reading found = bucket(bucket).open(name);
    return new Reading(
        found.object(),
        new BufferedInputStream(new VerifiedStream(found.in(), found.object()), BUFFER));
  }

  @Override
  public Reading read(String bucket, String name, long offset, long length) throws IOException {
    Reading found = bucket(bucket).open(name);
    InputStream in = found.in();
    try {
      if (offset > found.object().size()) {
        throw new ObjectRefusedException(
            "Object '%s' of bucket '%s' has %s bytes; there is nothing behind %s"
                .formatted(name, bucket, found.object().size(), offset));
      }
      in.skipNBytes(offset);
    } catch (java.io.EOFException e) {
      in.close();
      throw new ObjectCorruptException(bucket, name, "has not as many bytes as were stored");
    } catch (IOException e) {
      in.close();
      throw e;
    }
    long rest = Math.min(length, found.object().size() - offset);
    return new Reading(found.object(), new BufferedInputStream(new PartStream(in, rest), BUFFER));
  }

  @Override
  public boolean delete(String bucket, String name, long generation) throws IOException {
    return bucket(bucket).delete(name, generation);
  }

  @Override
  public ObjectPage list(String bucket, String prefix, String after, int limit) throws IOException {
    return bucket(bucket).list(prefix, after, limit);
  }

  /** What is wrong with each bucket; nothing with those that can be written. */
  public Map<String, Optional<String>> problems() {
    Map<String, Optional<String>> problems = new LinkedHashMap<>();
    buckets.forEach((name, bucket) -> problems.put(name, bucket.problem()));
    return problems;
  }
}
