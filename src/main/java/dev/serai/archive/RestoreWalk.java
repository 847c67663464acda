package dev.serai.archive;

import dev.serai.event.ErasedSubjects;
import dev.serai.event.LoggedEvent;
import dev.serai.event.LoggedEvents;
import dev.serai.event.LoggedEvents.Outcome;
import dev.serai.webhook.Door;
import dev.serai.webhook.Source.Recheck;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Brings events back into the log, page by page; one page is in memory. */
final class RestoreWalk extends EventWalk {

  private static final int PAGE = 500;
  private static final int PAGE_BYTES = 4 << 20;

  private final LoggedEvents log;
  private final ErasedSubjects.Known erased;
  private final Door door;
  private final How how;
  private final Set<LocalDate> prepared = new HashSet<>();
  private final List<LoggedEvent> page = new ArrayList<>();
  private int bytes;

  /**
   * How events come back.
   *
   * @param deliver whether subscriptions get them
   * @param dryRun whether they are looked at only
   * @param acceptBad whether those come back, too, that are not what their secret has signed
   */
  record How(boolean deliver, boolean dryRun, boolean acceptBad) {}

  RestoreWalk(
      ArchiveRange range, How how, LoggedEvents log, ErasedSubjects.Known erased, Door door) {
    super(
        range, "events", "restored", "there", "known", "erased", "verified", "unverifiable", "bad");
    this.how = how;
    this.log = log;
    this.erased = erased;
    this.door = door;
  }

  @Override
  void look(String name, Lines lines) throws IOException, SQLException {
    try {
      for (LoggedEvent event = lines.next(); event != null; event = lines.next()) {
        if (range().has(event)) {
          take(name, event);
        }
      }
    } finally {
      flush(); // also what stood before a damage
    }
  }

  private void take(String name, LoggedEvent event) throws SQLException {
    count("events", 1);
    LoggedEvent kept = erased.applied(event);
    if (kept.erasedAt() != null) {
      count("erased", 1);
    } else {
      Recheck found = recheck(event);
      count(found.name().toLowerCase(Locale.ROOT), 1);
      if (found == Recheck.BAD) {
        damaged(
            name, "has event %s, which is not what its source has signed".formatted(event.id()));
        if (!how.acceptBad) {
          return;
        }
      }
    }
    page.add(kept);
    bytes += kept.body().length;
    if (page.size() == PAGE || bytes >= PAGE_BYTES) {
      flush();
    }
  }

  private Recheck recheck(LoggedEvent event) {
    return door.source(event.source())
        .map(
            source ->
                source.recheck(
                    event.body(), event.signature(), event.verifiedBy(), event.receivedAt()))
        .orElse(Recheck.UNVERIFIABLE);
  }

  private void flush() throws SQLException {
    if (page.isEmpty()) {
      return;
    }
    try {
      Map<Outcome, Long> found;
      if (how.dryRun) {
        found = log.look(page);
      } else {
        for (LoggedEvent event : page) {
          if (prepared.add(LocalDate.ofInstant(event.receivedAt(), ZoneOffset.UTC))) {
            log.prepare(event.receivedAt());
          }
        }
        found = log.restore(page, how.deliver);
      }
      found.forEach((outcome, number) -> count(outcome.name().toLowerCase(Locale.ROOT), number));
    } finally {
      page.clear();
      bytes = 0;
    }
  }
}
