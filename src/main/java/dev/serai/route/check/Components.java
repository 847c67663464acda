package dev.serai.route.check;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.jspecify.annotations.Nullable;

/** The components that the program has, as their makers describe them: Camel's, and ours. */
final class Components {

  /** Where the descriptions of ours are, which the build writes of their annotations. */
  private static final String OURS = "META-INF/serai/components/%s.json";

  private static final String SERVICE = "META-INF/services/org/apache/camel/component/";

  private final ClassLoader loader = Components.class.getClassLoader();
  private final Map<String, Optional<ComponentModel>> models = new ConcurrentHashMap<>();

  /** A component's description, if there is such a component. */
  Optional<ComponentModel> find(String scheme) {
    return scheme.matches("[a-z][a-z0-9+.-]*")
        ? models.computeIfAbsent(scheme, this::read)
        : Optional.empty();
  }

  private Optional<ComponentModel> read(String scheme) {
    try {
      String json = text(OURS.formatted(scheme));
      if (json == null) {
        String service = text(SERVICE + scheme);
        if (service == null) {
          return Optional.empty();
        }
        Properties properties = new Properties();
        properties.load(new java.io.StringReader(service));
        String type = properties.getProperty("class", "");
        json =
            text(
                "META-INF/%s/%s.json"
                    .formatted(
                        type.substring(0, Math.max(0, type.lastIndexOf('.'))).replace('.', '/'),
                        scheme));
      }
      return json == null ? Optional.empty() : Optional.of(JsonMapper.generateComponentModel(json));
    } catch (IOException e) {
      throw new IllegalStateException(
          "The description of component '%s' can't be read: %s".formatted(scheme, e), e);
    }
  }

  private @Nullable String text(String path) throws IOException {
    try (InputStream in = loader.getResourceAsStream(path)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
