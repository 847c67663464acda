package dev.serai.cloud.storage;

import dev.serai.cloud.storage.ObjectException.ObjectMissingException;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.io.IOException;
import java.util.Optional;

/** The buckets, wherever they are. */
public interface ObjectStore {

  /**
   * Refuses a bucket that no property names.
   *
   * @throws ObjectRefusedException naming those that there are
   */
  void check(String bucket) throws ObjectRefusedException;

  /** Stores an object: all of it, or nothing. */
  StoredObject put(String bucket, Upload upload) throws IOException;

  /** What is known of an object. */
  Optional<StoredObject> find(String bucket, String name) throws IOException;

  /**
   * Reads an object; its end is reached only if it is what was stored.
   *
   * @throws ObjectMissingException if there is none
   */
  Reading read(String bucket, String name) throws IOException;

  /**
   * Reads a part of an object, whose checksum is that of all of it and so says nothing.
   *
   * @param offset how many bytes are left out
   * @param length most bytes that are read
   * @throws ObjectMissingException if there is none
   */
  Reading read(String bucket, String name, long offset, long length) throws IOException;

  /**
   * Deletes an object.
   *
   * @param generation the one that may be deleted; 0 for any
   * @return whether there was one
   */
  boolean delete(String bucket, String name, long generation) throws IOException;

  /**
   * A page of the objects whose names begin with a prefix.
   *
   * @param after the name behind which it begins; empty for the first page
   */
  ObjectPage list(String bucket, String prefix, String after, int limit) throws IOException;
}
