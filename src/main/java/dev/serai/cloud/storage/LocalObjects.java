package dev.serai.cloud.storage;

import dev.serai.cloud.storage.ObjectException.ObjectCorruptException;
import dev.serai.cloud.storage.ObjectException.ObjectMissingException;
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
public final class LocalObjects {

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

  /**
   * Refuses a bucket that there is not.
   *
   * @throws ObjectRefusedException naming those that there are
   */
  void check(String bucket) throws ObjectRefusedException {
    bucket(bucket);
  }

  private Bucket bucket(String name) throws ObjectRefusedException {
    Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new ObjectRefusedException(
          "There is no bucket '%s', no property serai.buckets.%s; there are %s"
              .formatted(name, name, String.join(", ", buckets.keySet())));
    }
    return bucket;
  }

  /** Stores an object: all of it, or nothing. */
  public StoredObject put(String bucket, Upload upload) throws IOException {
    return bucket(bucket).put(upload);
  }

  /** What is known of an object. */
  public Optional<StoredObject> find(String bucket, String name) throws IOException {
    return bucket(bucket).find(name);
  }

  /**
   * Reads an object; its end is reached only if it is what was stored.
   *
   * @throws ObjectMissingException if there is none
   */
  public Reading read(String bucket, String name) throws IOException {
    Reading found = bucket(bucket).open(name);
    return new Reading(
        found.object(),
        new BufferedInputStream(new VerifiedStream(found.in(), found.object()), BUFFER));
  }

  /**
   * Reads a part of an object, whose checksum is that of all of it and so says nothing.
   *
   * @param offset how many bytes are left out
   * @param length most bytes that are read
   * @throws ObjectMissingException if there is none
   */
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

  /**
   * Deletes an object.
   *
   * @param generation the one that may be deleted; 0 for any
   * @return whether there was one
   */
  public boolean delete(String bucket, String name, long generation) throws IOException {
    return bucket(bucket).delete(name, generation);
  }

  /**
   * A page of the objects whose names begin with a prefix.
   *
   * @param after the name behind which it begins; empty for the first page
   */
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
