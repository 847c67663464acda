package dev.serai.api;

import static io.swagger.v3.oas.annotations.enums.ParameterIn.QUERY;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.event.BulkReplays;
import dev.serai.event.Replay;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Delivering many events again. */
@RestController
@RequestMapping("/api/v1/replays")
class ReplaysController {

  private static final Set<String> STATES = Set.of("running", "done", "cancelled", "failed");

  private final BulkReplays replays;
  private final ReplayStarter starter;

  ReplaysController(BulkReplays replays, ReplayStarter starter) {
    this.replays = replays;
    this.starter = starter;
  }

  /** Starts a replay, or counts what it would deliver. */
  @PostMapping
  ResponseEntity<?> start(@RequestBody JsonNode request) {
    return starter.start(ReplayRequest.ofEvents(request));
  }

  /** Lists replays, the latest first. */
  @GetMapping
  @Parameter(
      in = QUERY,
      name = "state",
      description = "only those that are running, done, cancelled or failed")
  @Paged
  Page list(@Parameter(hidden = true) @RequestParam Map<String, String> query) {
    QueryParameters parameters = new QueryParameters(query, "state", "cursor", "limit");
    int limit = parameters.limit();
    List<Replay> found =
        replays.before(parameters.id("cursor"), parameters.oneOf("state", STATES), limit + 1);
    Slice<Replay> page = Slice.of(found, limit);
    return new Page(page.rows(), page.next(replay -> replay.id().toString()));
  }

  /**
   * How far it is.
   *
   * @param id the replay
   */
  @GetMapping("/{id}")
  Replay show(@PathVariable String id) {
    return replays
        .find(EventFilter.uuid("id", id))
        .orElseThrow(() -> Problem.notFound("replay", id));
  }

  /**
   * Stops it: nothing more is made ready.
   *
   * @param id the replay
   */
  @PostMapping("/{id}/cancel")
  Replay cancel(@PathVariable String id) {
    boolean cancelled = replays.cancel(EventFilter.uuid("id", id));
    Replay replay = show(id);
    if (!cancelled && !replay.state().equals("cancelled")) {
      throw Problem.conflict("Replay '%s' is %s already".formatted(id, replay.state()));
    }
    return replay;
  }

  /**
   * One page of replays.
   *
   * @param replays the latest first
   * @param next the cursor of the page after it; missing on the last
   */
  record Page(List<Replay> replays, @Nullable String next) {}
}
