package dev.serai.cloud.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is under way in a bucket, and what hubs that were killed have left there. */
final class LeftOvers {

  private static final Logger log = LoggerFactory.getLogger(LeftOvers.class);

  private static final String FOLDER = "~new";
  private static final String MARK = ".name";
  private static final String DESCRIBED = ".json";

  /** Of an upload to which nothing was added for so long nobody is left. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final String bucket;
  private final Path root;
  private final Path folder;
  private final Clock clock;
  private volatile Instant next = Instant.MIN;

  LeftOvers(String bucket, Path root, Clock clock) {
    this.bucket = bucket;
    this.root = root;
    this.folder = root.resolve(FOLDER);
    this.clock = clock;
  }

  /** Where what is not finished is. */
  Path folder() {
    return folder;
  }

  /** Notes whose files are being changed; the caller has the turn. */
  Mark mark(String object) throws IOException {
    Files.createDirectories(folder);
    Path file = Files.createTempFile(folder, "", MARK);
    Files.writeString(file, object);
    return new Mark(file);
  }

  /** Whose files are being changed. */
  static final class Mark implements AutoCloseable {
    private final Path file;
    private final Path described;

    private Mark(Path file) {
      this.file = file;
      this.described = Path.of(file + DESCRIBED);
    }

    /** Writes a file that is not named yet, onto the disk. */
    Path write(byte[] content) throws IOException {
      try (FileChannel channel =
          FileChannel.open(described, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      return described;
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(described);
      Files.deleteIfExists(file);
    }
  }

  /** Every hour, by whoever stores something then. */
  void removeNowAndThen() {
    if (!clock.instant().isBefore(next)) {
      next = clock.instant().plus(ABANDONED);
      remove();
    }
  }

  private void remove() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Turn turn = Turn.in(root)) {
      // Who changes something has the turn until it is done: so each mark is of one who died.
      for (Path mark : files(MARK)) {
        Place.of(bucket, root, Files.readString(mark, StandardCharsets.UTF_8)).tidy();
        Files.deleteIfExists(Path.of(mark + DESCRIBED));
        Files.deleteIfExists(mark);
      }
      Instant abandoned = clock.instant().minus(ABANDONED);
      for (Path draft : files(Draft.END)) {
        if (touched(draft).isBefore(abandoned)) {
          Files.deleteIfExists(draft);
          log.info("An upload to bucket '{}' was given up; {} is deleted", bucket, draft);
        }
      }
    } catch (IOException e) {
      log.warn("What was left in {} stays for an hour: {}", folder, e.toString());
    }
  }

  private Instant touched(Path draft) throws IOException {
    try {
      return Files.getLastModifiedTime(draft).toInstant();
    } catch (NoSuchFileException finished) {
      return Instant.MAX;
    }
  }

  private List<Path> files(String end) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + end)) {
      found.forEach(files::add);
    }
    return files;
  }
}
