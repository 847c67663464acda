package dev.serai.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serai.event.EventCheck;
import dev.serai.event.NewEvent;
import dev.serai.event.SchemaViolationException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks each event against the catalogue before it is appended. */
public final class CatalogueCheck implements EventCheck {

  private static final Logger log = LoggerFactory.getLogger(CatalogueCheck.class);
  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Catalogue catalogue;
  private final CheckModes modes;
  private final CheckMetrics metrics;
  private final Clock clock;
  private final Seen seen;

  /** When a type was last complained of; only types with a schema get here. */
  private final Map<String, Instant> complaints = new ConcurrentHashMap<>();

  CatalogueCheck(
      Catalogue catalogue, CheckModes modes, CheckMetrics metrics, Seen seen, Clock clock) {
    this.catalogue = catalogue;
    this.modes = modes;
    this.metrics = metrics;
    this.seen = seen;
    this.clock = clock;
  }

  /** What becomes of the hub's own events of a type. */
  public CheckMode mode(String type) {
    return modes.of(type, CheckSettings.OWN);
  }

  /** What becomes of a type's events of any source that has no rule of its own. */
  public CheckMode outsideMode(String type) {
    return modes.of(type, "");
  }

  /** Some types without a schema of which this hub has had events since it started. */
  public Set<String> unknownTypes() {
    return seen.types();
  }

  @Override
  public void check(NewEvent event) {
    NavigableMap<Integer, EventSchema> versions = catalogue.versions(event.type());
    if (versions == null) {
      metrics.unchecked();
      seen.add(event.type());
      return;
    }
    CheckMode mode = modes.of(event.type(), event.source());
    if (mode == CheckMode.OFF) {
      return;
    }
    JsonNode data = parse(event);
    Optional<EventSchema> schema = Catalogue.version(versions, data);
    List<Violation> violations =
        data.isMissingNode()
            ? List.of(Violation.noJson())
            : schema
                .map(found -> found.firstViolation(data))
                .orElseGet(
                    () ->
                        List.of(
                            Violation.ofVersion(data.path(Catalogue.VERSION), versions.keySet())));
    if (violations.isEmpty()) {
      metrics.checked(event.type(), "valid");
      return;
    }
    metrics.checked(event.type(), mode == CheckMode.REFUSE ? "refused" : "warned");
    SchemaViolationException violation =
        new SchemaViolationException(
            event.type(), schema.map(EventSchema::version).orElse(0), sentences(event, violations));
    if (mode == CheckMode.REFUSE) {
      throw violation;
    }
    complain(event, violation);
  }

  private static JsonNode parse(NewEvent event) {
    try {
      return JSON.readTree(event.body());
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static List<String> sentences(NewEvent event, List<Violation> violations) {
    return violations.stream()
        .map(found -> event.sensitive() ? found.sentenceWithoutData() : found.sentence())
        .toList();
  }

  /** Once a type and minute: a sender that is wrong is wrong with each event. */
  private void complain(NewEvent event, SchemaViolationException violation) {
    Instant now = clock.instant();
    Instant told =
        complaints.merge(
            event.type(), now, (last, next) -> last.plus(QUIET).isAfter(next) ? last : next);
    if (told.equals(now)) {
      log.warn(
          "An event of source '{}' was taken although it is not as promised, others of its type may"
              + " be, too. {}",
          event.source(),
          violation.getMessage());
    }
  }
}
