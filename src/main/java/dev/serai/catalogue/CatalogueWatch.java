package dev.serai.catalogue;

import java.io.UncheckedIOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** In development: takes what is saved into the folder of schemas. */
final class CatalogueWatch {

  private static final Logger log = LoggerFactory.getLogger(CatalogueWatch.class);

  private final SchemaFolder folder;
  private final Catalogue catalogue;
  private Map<String, String> before = Map.of();
  private boolean complained;

  CatalogueWatch(SchemaFolder folder, Catalogue catalogue) {
    this.folder = folder;
    this.catalogue = catalogue;
  }

  /** A text counts when it is still the same a moment later: it may be half saved. */
  @Scheduled(fixedDelay = 500)
  void look() {
    try {
      Map<String, String> now = folder.read();
      if (now.equals(before)) {
        catalogue.update(now);
      }
      before = now;
      complained = false;
    } catch (UncheckedIOException e) {
      if (!complained) {
        log.warn("Changes of schemas are not seen. {}", e.getMessage());
        complained = true;
      }
    }
  }
}
