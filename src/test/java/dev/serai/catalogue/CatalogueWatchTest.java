package dev.serai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** When does a saved schema count? */
@Execution(ExecutionMode.CONCURRENT)
class CatalogueWatchTest {

  private static final String SCHEMA =
      "{\"title\":\"Lamp lit\",\"description\":\"Somebody lit a lamp\",\"examples\":[1]}";

  @TempDir private Path routes;

  @Test
  void onceItsTextIsTheSameTwice() throws Exception {
    Catalogue catalogue = new Catalogue();
    CatalogueWatch watch = new CatalogueWatch(new SchemaFolder(routes), catalogue);
    Path file = routes.resolve("schemas/lamp.lit/1.schema.json");
    Files.createDirectories(file.getParent());

    Files.writeString(file, SCHEMA.substring(0, 20));
    watch.look();
    Files.writeString(file, SCHEMA);
    watch.look();
    assertThat(catalogue.problems()).isEmpty();
    assertThat(catalogue.types()).isEmpty();

    watch.look();
    assertThat(catalogue.types()).containsOnlyKeys("lamp.lit");

    Files.delete(file);
    watch.look();
    watch.look();
    assertThat(catalogue.types()).isEmpty();
  }

  @Test
  void aFolderThatIsNotThereHasNone() {
    assertThat(new SchemaFolder(routes).read()).isEmpty();
  }
}
