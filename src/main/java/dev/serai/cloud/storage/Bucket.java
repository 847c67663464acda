package dev.serai.cloud.storage;

import dev.serai.cloud.storage.ObjectException.BucketUnavailableException;
import dev.serai.cloud.storage.ObjectException.ObjectChangedException;
import dev.serai.cloud.storage.ObjectException.ObjectCorruptException;
import dev.serai.cloud.storage.ObjectException.ObjectExistsException;
import dev.serai.cloud.storage.ObjectException.ObjectMissingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A folder of objects. A change is one rename, that of the file which describes the object: before
 * it the old object is there, after it the new one, for whoever reads and after any crash.
 */
final class Bucket {

  private final String name;
  private final Path root;
  private final Clock clock;
  private final LeftOvers leftOvers;

  Bucket(String name, Path root, Clock clock) {
    this.name = name;
    this.root = root;
    this.clock = clock;
    this.leftOvers = new LeftOvers(name, root, clock);
  }

  LeftOvers leftOvers() {
    return leftOvers;
  }

  StoredObject put(Upload upload) throws IOException {
    Place place = Place.of(name, root, upload.name());
    leftOvers.removeNowAndThen();
    if (!upload.overwrite()) {
      // Who would be refused in the end need not send all of it.
      refuse(find(place));
    }
    try (Draft draft = Draft.of(name, leftOvers.folder(), upload)) {
      return commit(place, draft, upload);
    }
  }

  private ObjectException known(IOException e) {
    return e instanceof ObjectException ours ? ours : new BucketUnavailableException(name, e);
  }

  private StoredObject commit(Place place, Draft draft, Upload upload) throws IOException {
    try (Turn turn = Turn.in(root)) {
      Optional<StoredObject> before = place.find();
      if (!upload.overwrite()) {
        refuse(before);
      }
      StoredObject object = object(upload, draft, before.map(StoredObject::generation).orElse(0L));
      try (LeftOvers.Mark mark = leftOvers.mark(upload.name())) {
        Path described = mark.write(object.file().getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(place.folder());
        Files.move(draft.file(), place.bytes(object.generation()), StandardCopyOption.ATOMIC_MOVE);
        Files.move(described, place.described(), StandardCopyOption.ATOMIC_MOVE);
        place.sync();
        if (before.isPresent()) {
          Files.deleteIfExists(place.bytes(before.get().generation()));
        }
      }
      return object;
    } catch (IOException e) {
      throw known(e);
    }
  }

  private static void refuse(Optional<StoredObject> found) throws ObjectExistsException {
    if (found.isPresent()) {
      throw new ObjectExistsException(found.get());
    }
  }

  private StoredObject object(Upload upload, Draft draft, long before) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
    return new StoredObject(
        name,
        upload.name(),
        draft.size(),
        draft.crc32c(),
        Math.max(micros, before + 1),
        upload.contentType(),
        upload.contentEncoding(),
        upload.cacheControl(),
        upload.metadata(),
        now.toString());
  }

  /** The object and its bytes, as they were at one moment. */
  Reading open(String object) throws IOException {
    Place place = Place.of(name, root, object);
    Optional<StoredObject> found = find(place);
    while (found.isPresent()) {
      try {
        return new Reading(found.get(), place.open(found.get()));
      } catch (NoSuchFileException e) {
        Optional<StoredObject> now = find(place);
        if (now.equals(found)) {
          throw new ObjectCorruptException(
              name, object, "has lost its bytes: there is no %s".formatted(e.getFile()));
        }
        found = now;
      } catch (IOException e) {
        throw known(e);
      }
    }
    throw new ObjectMissingException(name, object);
  }

  Optional<StoredObject> find(String object) throws IOException {
    return find(Place.of(name, root, object));
  }

  private Optional<StoredObject> find(Place place) throws IOException {
    try {
      return place.find();
    } catch (IOException e) {
      throw known(e);
    }
  }

  /**
   * Deletes an object.
   *
   * @param generation the one that may be deleted; 0 for any
   * @return whether there was one
   */
  boolean delete(String object, long generation) throws IOException {
    Place place = Place.of(name, root, object);
    if (find(place).isEmpty()) {
      return false;
    }
    try (Turn turn = Turn.in(root)) {
      Optional<StoredObject> found = place.find();
      if (found.isEmpty()) {
        return false;
      }
      if (generation != 0 && found.get().generation() != generation) {
        throw new ObjectChangedException(found.get(), generation);
      }
      try (LeftOvers.Mark mark = leftOvers.mark(object)) {
        Files.deleteIfExists(place.described());
        place.sync();
        Files.deleteIfExists(place.bytes(found.get().generation()));
        place.prune();
      }
      return true;
    } catch (IOException e) {
      throw known(e);
    }
  }

  /** A page of the objects whose names begin with a prefix, behind one, by name. */
  ObjectPage list(String prefix, String after, int limit) throws IOException {
    try {
      return new Listing(root, prefix, after, limit).page();
    } catch (IOException e) {
      throw known(e);
    }
  }

  /** Why it can't be written, if it can't: by writing. */
  Optional<String> problem() {
    try (Turn turn = Turn.in(root);
        LeftOvers.Mark mark = leftOvers.mark("probe")) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(new BucketUnavailableException(name, e).getMessage()));
    }
  }
}
