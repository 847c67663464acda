package dev.serai.archive;

import dev.serai.event.ErasedSubject;
import dev.serai.event.LoggedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the objects with events of a subject, and what is to stand in their places: the same
 * events, without body and subject where they are the subject's.
 */
final class EraseWalk extends EventWalk {

  private final ErasedSubject subject;
  private final boolean dryRun;

  EraseWalk(ErasedSubject subject, boolean dryRun) {
    super(new ArchiveRange(subject.source(), null, subject.at()), "rewritten", "lines");
    this.subject = subject;
    this.dryRun = dryRun;
  }

  @Override
  void look(String name, Lines lines) throws IOException {
    List<LoggedEvent> events = new ArrayList<>();
    int matching = 0;
    for (LoggedEvent event = lines.next(); event != null; event = lines.next()) {
      boolean matches = event.erasedAt() == null && subject.has(event);
      matching += matches ? 1 : 0;
      events.add(matches ? event.erased(subject.at()) : event);
    }
    // What is damaged would be lost by writing it anew; the run names it.
    if (matching == 0 || !lines.isWhole()) {
      return;
    }
    count("rewritten", 1);
    count("lines", matching);
    if (!dryRun) {
      ObjectDraft draft = new ObjectDraft();
      for (LoggedEvent event : events) {
        draft.add(event);
      }
      replace(draft.finish());
    }
  }
}
