package dev.serai.route;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** The route files of the routes directory. One that can't be loaded stops none of the others. */
public final class RouteFiles implements CamelContextConfiguration {

  private static final Logger log = LoggerFactory.getLogger(RouteFiles.class);
  private static final String ENDING = ".camel.yaml";
  private static final String KAMELET_ENDING = ".kamelet.yaml";

  private final Path directory;
  private final Map<String, String> problems = new TreeMap<>();
  private volatile boolean loaded;

  /**
   * @throws IllegalStateException when there is no such folder; Camel would log that and go on
   */
  RouteFiles(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalStateException(
          "serai.routes.dir (SERAI_ROUTES_DIR) is '%s', which is no folder".formatted(directory));
    }
    this.directory = directory;
  }

  @Override
  public void beforeApplicationStart(CamelContext context) {
    context.getGlobalEndpointConfiguration().setAutowiredEnabled(false);
  }

  @Override
  public void afterApplicationStart(CamelContext context) {
    for (Path file : files()) {
      load(context, file);
    }
    loaded = true;
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.toString().endsWith(ENDING) || isKamelet(file))
          .sorted(
              Comparator.comparing((Path file) -> !isKamelet(file))
                  .thenComparing(file -> !isPolicy(file))
                  .thenComparing(Path::toString))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("The route files can't be listed: " + e.getMessage(), e);
    }
  }

  /** Kamelets come first, those of another cloud not at all: they lie in a folder of its name. */
  private boolean isKamelet(Path file) {
    return file.toString().endsWith(KAMELET_ENDING)
        && directory.resolve("kamelets").equals(file.getParent());
  }

  /** Policies come next: routes name them, too. */
  private boolean isPolicy(Path file) {
    return directory.relativize(file).startsWith("policies");
  }

  private void load(CamelContext context, Path file) {
    String name = directory.relativize(file).toString();
    try {
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + file));
    } catch (Exception e) {
      problems.put(name, rootMessage(e));
      log.error("Route file {} is not loaded: {}", name, rootMessage(e), e);
    }
  }

  private static String rootMessage(Throwable failure) {
    return String.valueOf(NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
  }

  /** Whether all files have been gone through. */
  public boolean loaded() {
    return loaded;
  }

  /** Why files are not loaded, by file. */
  public Map<String, String> problems() {
    return Map.copyOf(problems);
  }
}
