package dev.serai.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.event.ErasedSubject;
import dev.serai.event.ErasedSubjects;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;

/** Learns which subjects were forgotten, if the database does not know any more. */
final class LearnWalk extends ArchiveWalk {

  /** What the names of their objects begin with. */
  static final String PREFIX = "erasures/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ErasedSubjects erased;

  LearnWalk(ErasedSubjects erased) {
    super(PREFIX);
    this.erased = erased;
  }

  @Override
  boolean wants(String name, long size) {
    return true;
  }

  @Override
  void look(String name, InputStream in) throws IOException {
    try {
      erased.learn(ErasedSubject.of(JSON.readTree(in)));
    } catch (DateTimeException | IllegalArgumentException e) {
      damaged(name, "is no erasure: " + e.getMessage());
    }
  }

  /** To go on without one would bring back what was to be forgotten. */
  @Override
  public void damaged(String name, String how) {
    throw new IllegalStateException("Object '%s' %s".formatted(name, how));
  }
}
