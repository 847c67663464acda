package dev.serai.archive;

import dev.serai.event.LoggedEvent;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads an object of the archive line by line; one line at a time is in memory. */
final class ArchiveReader implements AutoCloseable {

  /** No body that was ever accepted makes a longer one. */
  private static final int LONGEST_LINE = 64 << 20;

  private final ObjectName name;
  private final InputStream in;
  private final MessageDigest digest = ArchiveLine.sha256();
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int lines;

  ArchiveReader(ObjectName name, InputStream packed) throws IOException {
    this.name = name;
    this.in = new BufferedInputStream(new GZIPInputStream(packed, 65_536), 65_536);
  }

  /**
   * The next event; null at the end, when all of the object was as its name says.
   *
   * @throws DamagedArchiveException when this line is not what was written, or the object is not;
   *     after a line the next ones may be read
   * @throws IOException when it can't be read any further
   */
  @Nullable LoggedEvent next() throws IOException, DamagedArchiveException {
    line.reset();
    int read = in.read();
    if (read < 0) {
      checkWhole();
      return null;
    }
    for (; read >= 0 && read != '\n'; read = in.read()) {
      line.write(read);
      if (line.size() > LONGEST_LINE) {
        throw new IOException("line %s does not end".formatted(lines + 1));
      }
    }
    lines++;
    byte[] bytes = line.toByteArray();
    digest.update(bytes);
    digest.update((byte) '\n');
    try {
      return ArchiveLine.event(bytes);
    } catch (DamagedArchiveException e) {
      throw new DamagedArchiveException("line %s %s".formatted(lines, e.getMessage()));
    }
  }

  /** How many lines were read. */
  int lines() {
    return lines;
  }

  private void checkWhole() throws DamagedArchiveException {
    if (lines != name.count()) {
      throw new DamagedArchiveException("has %s of %s lines".formatted(lines, name.count()));
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    if (!hash.startsWith(name.hash())) {
      throw new DamagedArchiveException("is not what its name has the checksum of");
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
