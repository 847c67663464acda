package dev.serai.archive;

import dev.serai.event.LoggedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** An object of the archive that is being written; only its packed bytes are in memory. */
final class ObjectDraft {

  private final MessageDigest digest = ArchiveLine.sha256();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final GZIPOutputStream packed;
  private @Nullable LoggedEvent first;
  private String last = "";
  private int count;

  ObjectDraft() throws IOException {
    packed = new GZIPOutputStream(out, 8_192);
  }

  /**
   * @param event of the source and day of those before, with a greater id
   */
  void add(LoggedEvent event) throws IOException {
    byte[] line = ArchiveLine.of(event);
    packed.write(line);
    packed.write('\n');
    digest.update(line);
    digest.update((byte) '\n');
    if (first == null) {
      first = event.erased(event.receivedAt()); // its body need not stay
    }
    last = event.id().toString();
    count++;
  }

  ArchiveObject finish() throws IOException {
    LoggedEvent begin = first;
    if (begin == null) {
      throw new IllegalStateException("An object has one event at least");
    }
    packed.close();
    String hash = HexFormat.of().formatHex(digest.digest()).substring(0, ObjectName.HASH_DIGITS);
    String name =
        ObjectName.of(begin.source(), day(begin), begin.id().toString(), last, count, hash);
    return new ArchiveObject(name, out.toByteArray());
  }

  static LocalDate day(LoggedEvent event) {
    return LocalDate.ofInstant(event.receivedAt(), ZoneOffset.UTC);
  }
}
