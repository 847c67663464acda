package dev.serai.cloud.storage;

import java.io.IOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** An object could not be stored, read or deleted; subscriptions name a kind of it. */
public abstract sealed class ObjectException extends IOException {

  private ObjectException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * The kind of it in one word: missing, exists, changed, refused, too_large, corrupt, unavailable.
   */
  public abstract String word();

  /** There is no object of this name. */
  public static final class ObjectMissingException extends ObjectException {
    ObjectMissingException(String bucket, String name) {
      super("missing: Bucket '%s' has no object '%s'".formatted(bucket, name), null);
    }

    @Override
    public String word() {
      return "missing";
    }
  }

  /** There is an object of this name, and it was not to be overwritten. */
  public static final class ObjectExistsException extends ObjectException {
    ObjectExistsException(StoredObject object) {
      super(
          "exists: Bucket '%s' has an object '%s', of generation %s, and overwrite is false"
              .formatted(object.bucket(), object.name(), object.generation()),
          null);
    }

    @Override
    public String word() {
      return "exists";
    }
  }

  /** The object is of another generation than the one that was named. */
  public static final class ObjectChangedException extends ObjectException {
    ObjectChangedException(StoredObject object, long expected) {
      super(
          "changed: Object '%s' of bucket '%s' is of generation %s, not %s; nothing was deleted"
              .formatted(object.name(), object.bucket(), object.generation(), expected),
          null);
    }

    @Override
    public String word() {
      return "changed";
    }
  }

  /** What was asked for can't be: the bucket, the name, the checksum or the size. */
  public static final class ObjectRefusedException extends ObjectException {
    ObjectRefusedException(String message) {
      super("refused: " + message, null);
    }

    static ObjectRefusedException noBucket(String name, Collection<String> known) {
      return new ObjectRefusedException(
          "There is no bucket '%s', no property serai.buckets.%s; there are %s"
              .formatted(name, name, String.join(", ", known)));
    }

    @Override
    public String word() {
      return "refused";
    }
  }

  /** There are more bytes than there may be. */
  public static final class ObjectTooLargeException extends ObjectException {
    ObjectTooLargeException(String bucket, Upload upload) {
      super(
          "too_large: Object '%s' of bucket '%s' may have %s bytes, and this has more"
              .formatted(upload.name(), bucket, upload.limit()),
          null);
    }

    @Override
    public String word() {
      return "too_large";
    }
  }

  /** What is on the disk is not what was stored. */
  public static final class ObjectCorruptException extends ObjectException {
    ObjectCorruptException(String bucket, String name, String what) {
      super(
          "corrupt: Object '%s' of bucket '%s' %s; store it again, or take it from a backup"
              .formatted(name, bucket, what),
          null);
    }

    @Override
    public String word() {
      return "corrupt";
    }
  }

  /** The bucket can't be read or written. */
  public static final class BucketUnavailableException extends ObjectException {
    BucketUnavailableException(String bucket, IOException cause) {
      super(
          String.join(
              " ",
              "unavailable: Bucket '%s' can't be used: %s;".formatted(bucket, cause),
              "the hub must be able to write its folder, and the disk must have room",
              "(serai.data.dir, serai.buckets.%s)".formatted(bucket)),
          cause);
    }

    private BucketUnavailableException(@Nullable Throwable cause, String message) {
      super("unavailable: " + message, cause);
    }

    static BucketUnavailableException saying(String message, Throwable cause) {
      return new BucketUnavailableException(cause, message);
    }

    @Override
    public String word() {
      return "unavailable";
    }
  }
}
