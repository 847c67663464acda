package dev.serai.cloud.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Walks the folders of a bucket in the order of the bytes of the objects' names. */
final class Listing {

  private final Path root;
  private final byte[] prefix;
  private final byte[] after;
  private final int limit;
  private final List<StoredObject> found = new ArrayList<>();

  Listing(Path root, String prefix, String after, int limit) {
    this.root = root;
    this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
    this.after = after.getBytes(StandardCharsets.UTF_8);
    this.limit = limit;
  }

  ObjectPage page() throws IOException {
    if (Files.exists(root)) {
      walk(root, new byte[0]);
    }
    return found.size() > limit
        ? new ObjectPage(List.copyOf(found.subList(0, limit)), true)
        : new ObjectPage(List.copyOf(found), false);
  }

  private void walk(Path folder, byte[] name) throws IOException {
    for (Entry entry : entries(folder, name)) {
      if (found.size() > limit) {
        return;
      }
      if (entry.isObject) {
        add(entry);
      } else if (mayHave(entry.name)) {
        walk(entry.path, entry.name);
      }
    }
  }

  private void add(Entry entry) throws IOException {
    if (startsWith(entry.name, prefix) && Arrays.compareUnsigned(entry.name, after) > 0) {
      try {
        found.add(StoredObject.parse(Files.readAllBytes(entry.path)));
      } catch (NoSuchFileException deleted) {
        // Since its folder was read.
      }
    }
  }

  /** Whether names that begin so may be wanted. */
  private boolean mayHave(byte[] beginning) {
    boolean wanted = startsWith(beginning, prefix) || startsWith(prefix, beginning);
    return wanted && (Arrays.compareUnsigned(beginning, after) > 0 || startsWith(after, beginning));
  }

  private static boolean startsWith(byte[] name, byte[] beginning) {
    return name.length >= beginning.length
        && Arrays.equals(name, 0, beginning.length, beginning, 0, beginning.length);
  }

  private List<Entry> entries(Path folder, byte[] name) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String part = file.getFileName().toString();
        if (part.endsWith(Place.DESCRIBED)) {
          String own = part.substring(0, part.length() - Place.DESCRIBED.length());
          entries.add(new Entry(join(name, FileNames.bytes(own)), file, true));
        } else if (!part.contains("~") && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          entries.add(new Entry(join(name, FileNames.folder(part)), file, false));
        }
      }
    } catch (NoSuchFileException | NotDirectoryException deleted) {
      if (folder.equals(root)) {
        throw deleted;
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Collections.sort(entries);
    return entries;
  }

  private static byte[] join(byte[] one, byte[] other) {
    ByteArrayOutputStream both = new ByteArrayOutputStream(one.length + other.length);
    both.writeBytes(one);
    both.writeBytes(other);
    return both.toByteArray();
  }

  /** An object, or a folder: what its name is, or what all names in it begin with. */
  private record Entry(byte[] name, Path path, boolean isObject) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      return Arrays.compareUnsigned(name, other.name);
    }
  }
}
