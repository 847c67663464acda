package dev.serai.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalogue.Catalogue;
import dev.serai.catalogue.EventSchema;
import java.util.Collection;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which events there are, and what their data must be. */
@RestController
@RequestMapping("/api/v1/event-types")
class EventTypesController {

  private final Catalogue catalogue;
  private final EventTypeQueries queries;

  EventTypesController(Catalogue catalogue, EventTypeQueries queries) {
    this.catalogue = catalogue;
    this.queries = queries;
  }

  /** Lists types of events by name, and schema files that don't count. */
  @GetMapping
  EventTypeView.Listing list() {
    return new EventTypeView.Listing(
        queries.list(),
        catalogue.problems().stream()
            .map(
                problem ->
                    new EventTypeView.Problem(problem.file(), problem.line(), problem.message()))
            .toList());
  }

  /**
   * One type with its schemas and examples.
   *
   * @param type a type that has a schema
   */
  @GetMapping("/{type}")
  EventTypeView.Detailed show(@PathVariable String type) {
    Collection<EventSchema> versions = versions(type);
    return new EventTypeView.Detailed(
        queries.find(type),
        versions.stream()
            .map(
                schema ->
                    new EventTypeView.Version(schema.version(), schema.text(), schema.examples()))
            .toList());
  }

  /**
   * Says whether the body would do as the data of an event of this type. Nothing is appended.
   *
   * @param type a type that has a schema
   */
  @PostMapping("/{type}/check")
  EventTypeView.Checked check(@PathVariable String type, @RequestBody JsonNode data) {
    Catalogue.Verdict verdict = catalogue.judge(type, data).orElseThrow(() -> unknown(type));
    List<EventTypeView.Broken> broken =
        verdict.violations().stream().map(EventTypeView.Broken::of).toList();
    return new EventTypeView.Checked(type, verdict.version(), broken.isEmpty(), broken);
  }

  private Collection<EventSchema> versions(String type) {
    var versions = catalogue.types().get(type);
    if (versions == null) {
      throw unknown(type);
    }
    return versions.values();
  }

  private static Problem unknown(String type) {
    return Problem.notFound("event type with a schema", type);
  }
}
