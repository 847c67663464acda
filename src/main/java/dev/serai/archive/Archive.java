package dev.serai.archive;

import dev.serai.event.ErasedSubject;
import dev.serai.event.ErasedSubjects;
import dev.serai.event.EventIds;
import dev.serai.event.LoggedEvent;
import dev.serai.event.LoggedEvents;
import dev.serai.webhook.Door;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What the routes of the archive ask for; they themselves put, get and list its objects. */
public final class Archive {

  private static final int READ = 100;

  private final LoggedEvents log;
  private final ErasedSubjects erased;
  private final Door door;

  Archive(LoggedEvents log, ErasedSubjects erased, Door door) {
    this.log = log;
    this.erased = erased;
    this.door = door;
  }

  /**
   * The objects of a batch: one for each source and day (UTC).
   *
   * @param events the attributes of its events; of those that are not to be kept nothing is in them
   */
  public List<ArchiveObject> objects(List<Map<String, ?>> events) throws IOException {
    List<UUID> ids =
        events.stream()
            .map(event -> UUID.fromString(String.valueOf(event.get("id"))))
            .sorted(EventIds.ORDER)
            .toList();
    Map<Place, ObjectDraft> drafts = new LinkedHashMap<>();
    for (int from = 0; from < ids.size(); from += READ) {
      // A few bodies at a time: the batch has them all in memory already.
      for (LoggedEvent event : log.received(ids.subList(from, Math.min(from + READ, ids.size())))) {
        Place place = new Place(event.source(), ObjectDraft.day(event));
        ObjectDraft draft = drafts.get(place);
        if (draft == null) {
          draft = new ObjectDraft();
          drafts.put(place, draft);
        }
        draft.add(event);
      }
    }
    List<ArchiveObject> objects = new ArrayList<>();
    for (ObjectDraft draft : drafts.values()) {
      objects.add(draft.finish());
    }
    return objects;
  }

  /** Adds up what there is. */
  public ArchiveWalk list(Map<String, ?> parameters) {
    return new ListWalk(ArchiveRange.of(parameters));
  }

  /** Reads all there is. */
  public ArchiveWalk verify(Map<String, ?> parameters) {
    return new VerifyWalk(ArchiveRange.of(parameters));
  }

  /** Brings back what there is. */
  public ArchiveWalk restore(Map<String, ?> parameters) {
    return new RestoreWalk(
        ArchiveRange.of(parameters),
        new RestoreWalk.How(
            isSet(parameters, "deliver"),
            isSet(parameters, "dry_run"),
            isSet(parameters, "accept_bad")),
        log,
        erased.known(),
        door);
  }

  /**
   * A subject that is to be forgotten, from the run that asks for it: the same in each attempt.
   *
   * @param run its id
   * @param slot what was received before is forgotten
   */
  public ErasedSubject subject(String run, String slot, Map<String, ?> parameters) {
    return ErasedSubject.of(UUID.fromString(run), slot, parameters);
  }

  /** Rewrites what there is of a subject. */
  public ArchiveWalk erase(ErasedSubject subject, boolean dryRun) {
    return new EraseWalk(subject, dryRun);
  }

  /** Learns which subjects were forgotten from what the archive knows of them. */
  public ArchiveWalk learn() {
    return new LearnWalk(erased);
  }

  /** Remembers a subject that is to be forgotten; returns the name of its object. */
  public String remember(ErasedSubject subject) {
    erased.learn(subject);
    return "%s%s.json".formatted(LearnWalk.PREFIX, subject.id());
  }

  /** All subjects that were forgotten. */
  public List<ErasedSubject> forgotten() {
    return erased.known().subjects();
  }

  /** The next names of a walk, of a page as the Kamelet {@code object-list} leaves it. */
  public void page(ArchiveWalk walk, Map<String, ?> page) {
    walk.page(page);
  }

  /**
   * The object {@code object} of the walk {@code walk}, which are variables; the body has its
   * bytes, or is null if they can't be had.
   */
  public void take(Exchange exchange) throws SQLException {
    InputStream bytes = exchange.getMessage().getBody(InputStream.class);
    if (bytes != null) {
      walk(exchange).take(exchange.getVariable("object", String.class), bytes);
    }
  }

  /** An object of a walk that can't be had. */
  public void damaged(Exchange exchange) {
    Exception why = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    walk(exchange)
        .damaged(exchange.getVariable("object", String.class), String.valueOf(why.getMessage()));
    exchange.getMessage().setBody(null);
  }

  private static ArchiveWalk walk(Exchange exchange) {
    return exchange.getVariable("walk", ArchiveWalk.class);
  }

  private static boolean isSet(Map<String, ?> parameters, String name) {
    @Nullable Object value = parameters.get(name);
    return value != null && Boolean.parseBoolean(value.toString());
  }

  private record Place(String source, LocalDate date) {}
}
