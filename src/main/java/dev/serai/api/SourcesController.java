package dev.serai.api;

import dev.serai.webhook.Door;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The providers that post to this hub. */
@RestController
class SourcesController {

  private final Door door;

  SourcesController(Door door) {
    this.door = door;
  }

  /** Lists the sources whose routes run. */
  @GetMapping("/api/v1/sources")
  Listing list() {
    return new Listing(
        door.sources().stream()
            .map(
                source ->
                    new View(
                        source.name(),
                        "/webhooks" + source.path(),
                        source.scheme().name(),
                        !source.secrets().isEmpty(),
                        source.secrets().size()))
            .toList());
  }

  record Listing(List<View> sources) {}

  /**
   * A source.
   *
   * @param path where it posts
   * @param open whether it has a valid secret; one without refuses everything
   * @param secrets how many are valid now
   */
  record View(String name, String path, String scheme, boolean open, int secrets) {}
}
