package dev.serai.cloud.storage;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.serai.cloud.storage.ObjectException.ObjectCorruptException;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the files of an object are: {@code <name>~.json} says what is known of it, and so that it
 * is there at all, and which {@code <name>~<generation>} has its bytes.
 */
final class Place {

  static final String DESCRIBED = "~.json";

  private final String bucket;
  private final String name;
  private final List<Path> folders;
  private final String file;

  /**
   * @param folders that of the bucket, and each below it on the way to the object
   */
  private Place(String bucket, String name, List<Path> folders, String file) {
    this.bucket = bucket;
    this.name = name;
    this.folders = folders;
    this.file = file;
  }

  /**
   * @throws ObjectRefusedException if there is none for this name
   */
  static Place of(String bucket, Path root, String name) throws ObjectRefusedException {
    ObjectName.check(name);
    List<Path> folders = new ArrayList<>(List.of(root));
    List<String> parts = FileNames.of(name);
    for (String part : parts.subList(0, parts.size() - 1)) {
      Path folder = folders.getLast().resolve(part);
      if (Files.isSymbolicLink(folder)) {
        throw new ObjectRefusedException(
            "Object '%s' of bucket '%s' is behind the link %s; buckets have no links in them"
                .formatted(name, bucket, folder));
      }
      folders.add(folder);
    }
    return new Place(bucket, name, folders, parts.getLast());
  }

  Path folder() {
    return folders.getLast();
  }

  Path described() {
    return folder().resolve(file + DESCRIBED);
  }

  Path bytes(long generation) {
    return folder().resolve("%s~%s".formatted(file, generation));
  }

  InputStream open(StoredObject object) throws IOException {
    Path bytes = bytes(object.generation());
    long size = Files.size(bytes);
    if (size != object.size()) {
      throw new ObjectCorruptException(
          bucket, name, "has %s bytes, not %s".formatted(size, object.size()));
    }
    return Files.newInputStream(bytes, NOFOLLOW_LINKS);
  }

  Optional<StoredObject> find() throws IOException {
    byte[] described;
    try (InputStream in = Files.newInputStream(described(), NOFOLLOW_LINKS)) {
      described = in.readAllBytes();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(StoredObject.parse(described));
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw new ObjectCorruptException(
          bucket, name, "is described by %s, which can't be read".formatted(described()));
    }
  }

  /** Deletes what a change that was cut off, or is done, has left of older generations. */
  void tidy() throws IOException {
    long current = find().map(StoredObject::generation).orElse(-1L);
    List<Path> left = new ArrayList<>();
    if (Files.isDirectory(folder(), NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(folder(), found -> isBytes(found.getFileName().toString()))) {
        files.forEach(left::add);
      }
    }
    left.remove(bytes(current));
    for (Path old : left) {
      Files.deleteIfExists(old);
    }
  }

  private boolean isBytes(String found) {
    return found.startsWith(file + "~") && found.substring(file.length() + 1).matches("[0-9]+");
  }

  /** Makes sure that the names in the folder are on the disk, too. */
  void sync() throws IOException {
    for (Path up : folders.reversed()) {
      try (FileChannel opened = FileChannel.open(up, StandardOpenOption.READ)) {
        opened.force(true);
      }
    }
  }

  /** Takes away folders that have nothing in them any more. */
  void prune() throws IOException {
    for (Path up : folders.subList(1, folders.size()).reversed()) {
      try {
        Files.deleteIfExists(up);
      } catch (java.nio.file.DirectoryNotEmptyException others) {
        return;
      }
    }
  }
}
