package dev.serai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files make the program? */
class RoutesFolderTest {

  @TempDir private Path folder;

  @Test
  void kameletsOfOneCloudAreRead() throws IOException {
    for (String name : new String[] {"", "local/", "gcp/"}) {
      Path file = folder.resolve("kamelets/" + name + "one.kamelet.yaml");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "kind: Kamelet");
    }
    assertThat(new RoutesFolder(folder, "local").read())
        .containsOnlyKeys("kamelets/one.kamelet.yaml", "kamelets/local/one.kamelet.yaml");
    assertThat(new RoutesFolder(folder, "gcp").read())
        .containsOnlyKeys("kamelets/one.kamelet.yaml", "kamelets/gcp/one.kamelet.yaml");
  }

  @Test
  void aCloudThatIsNotKnownIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> new RoutesFolder(folder, "aws"))
        .hasMessage("serai.cloud (SERAI_CLOUD) is 'aws'; it must be local or gcp");
  }
}
