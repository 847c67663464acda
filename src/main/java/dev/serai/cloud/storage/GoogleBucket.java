package dev.serai.cloud.storage;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.StorageException;
import dev.serai.cloud.google.GoogleException;
import dev.serai.cloud.storage.ObjectException.BucketUnavailableException;
import dev.serai.cloud.storage.ObjectException.ObjectChangedException;
import dev.serai.cloud.storage.ObjectException.ObjectMissingException;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A bucket of Cloud Storage. */
final class GoogleBucket {

  private static final int PRECONDITION = 412;
  private static final int MISSING = 404;
  private static final int MOST_OF_A_PAGE = 1_000;

  private final String bucket;
  private final String outside;
  private final GoogleStorage cloud;
  private final GoogleFailure failure;

  /**
   * @param bucket as routes call it
   * @param outside as it is called there
   */
  GoogleBucket(String bucket, String outside, GoogleStorage cloud) {
    this.bucket = bucket;
    this.outside = outside;
    this.cloud = cloud;
    this.failure = new GoogleFailure(bucket, outside, cloud.account());
  }

  String bucket() {
    return bucket;
  }

  String outside() {
    return outside;
  }

  GoogleFailure failure() {
    return failure;
  }

  private <T> T ask(String permission, Function<GoogleStorage.Client, T> question)
      throws ObjectException {
    try {
      return question.apply(cloud.client());
    } catch (StorageException | GoogleException e) {
      throw failure.of(e, permission);
    }
  }

  StoredObject put(Upload upload) throws IOException {
    ObjectName.check(upload.name());
    return new GoogleUpload(this, cloud, upload).put();
  }

  /** As it is there; null, if it is not. */
  @Nullable BlobInfo blob(String object) throws ObjectException {
    BlobInfo[] found = new BlobInfo[1];
    ask(
        "storage.objects.get",
        client -> {
          found[0] =
              client
                  .storage()
                  .get(BlobId.of(outside, object), BlobGetOption.fields(GoogleObject.FIELDS));
          return found;
        });
    if (found[0] == null) {
      ensureThere();
    }
    return found[0];
  }

  /** A bucket that is not there looks like an object that is not, unless it is asked for. */
  private void ensureThere() throws ObjectException {
    ask(
        "storage.objects.get",
        client -> client.storage().testIamPermissions(outside, List.of("storage.objects.get")));
  }

  Optional<StoredObject> find(String object) throws ObjectException {
    ObjectName.check(object);
    return Optional.ofNullable(blob(object)).map(blob -> GoogleObject.of(bucket, blob));
  }

  /** The object and its bytes from some of them on, of the generation that it has now. */
  Reading open(String object, long offset, long length) throws IOException {
    long until = System.nanoTime() + cloud.timeout().toNanos();
    while (true) {
      StoredObject found =
          find(object).orElseThrow(() -> new ObjectMissingException(bucket, object));
      if (offset > found.size()) {
        throw new ObjectRefusedException(
            "Object '%s' of bucket '%s' has %s bytes; there is nothing behind %s"
                .formatted(object, bucket, found.size(), offset));
      }
      long rest = Math.min(length, found.size() - offset);
      try {
        Storage storage = cloud.client().storage();
        return new Reading(found, GoogleStream.open(storage, found, failure, offset, rest));
      } catch (StorageException e) {
        // Another generation may have come in between, and this one have gone with it.
        if (e.getCode() != MISSING) {
          throw failure.of(e, "storage.objects.get");
        }
        if (System.nanoTime() > until) {
          throw BucketUnavailableException.saying(
              "Object '%s' of bucket '%s' is replaced faster than it can be read"
                  .formatted(object, bucket),
              e);
        }
      }
    }
  }

  boolean delete(String object, long generation) throws ObjectException {
    ObjectName.check(object);
    BlobSourceOption[] only =
        generation == 0
            ? new BlobSourceOption[0]
            : new BlobSourceOption[] {BlobSourceOption.generationMatch(generation)};
    try {
      boolean deleted = cloud.client().storage().delete(BlobId.of(outside, object), only);
      if (!deleted) {
        ensureThere();
      }
      return deleted;
    } catch (StorageException | GoogleException e) {
      if (e instanceof StorageException answer && answer.getCode() == PRECONDITION) {
        Optional<StoredObject> now = find(object);
        if (now.isPresent()) {
          throw new ObjectChangedException(now.get(), generation);
        }
        return false;
      }
      throw failure.of(e, "storage.objects.delete");
    }
  }

  ObjectPage list(String prefix, String after, int limit) throws ObjectException {
    return ask(
        "storage.objects.list",
        client -> {
          List<StoredObject> found = new ArrayList<>();
          // That of the name itself comes first, which is the one before.
          int page = Math.min(limit + (after.isEmpty() ? 1 : 2), MOST_OF_A_PAGE);
          for (BlobInfo blob :
              client
                  .storage()
                  .list(
                      outside,
                      BlobListOption.prefix(prefix),
                      BlobListOption.startOffset(after),
                      BlobListOption.pageSize(page),
                      BlobListOption.fields(GoogleObject.FIELDS))
                  .iterateAll()) {
            if (found.size() == limit && !blob.getName().equals(after)) {
              return new ObjectPage(found, true);
            }
            if (!blob.getName().equals(after)) {
              found.add(GoogleObject.of(bucket, blob));
            }
          }
          return new ObjectPage(found, false);
        });
  }
}
