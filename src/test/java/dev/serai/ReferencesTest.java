package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.bus.EventConsumerOptions;
import dev.serai.bus.EventEndpoint;
import dev.serai.bus.EventProducerOptions;
import dev.serai.cli.CommandReference;
import dev.serai.cloud.tasks.GoogleCloudTasksConstants;
import dev.serai.cloud.tasks.GoogleCloudTasksEndpoint;
import dev.serai.cloud.tasks.GoogleCloudTasksOptions;
import dev.serai.job.JobEndpoint;
import dev.serai.job.JobOptions;
import dev.serai.job.RunOptions;
import dev.serai.webhook.InboundEndpoint;
import dev.serai.webhook.SourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.spi.UriEndpoint;
import org.junit.jupiter.api.Test;

/**
 * Are the generated references what the code says? {@code mvn test -Dtest=ReferencesTest
 * -Dreferences=write} writes them anew.
 */
class ReferencesTest {

  private static final boolean WRITE = "write".equals(System.getProperty("references"));
  private static final String GENERATED =
      "<!-- Generated from the code: mvn test -Dtest=ReferencesTest -Dreferences=write -->\n\n";

  @Test
  void configuration() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    try (var in = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      for (JsonNode property : new ObjectMapper().readTree(in).path("properties")) {
        String name = property.path("name").asText();
        rows.put(
            name,
            "| `%s` | `%s` | %s | %s | %s |\n"
                .formatted(
                    name,
                    variable(name),
                    ComponentPage.type(property.path("type").asText()),
                    ComponentPage.code(property.path("defaultValue").asText("")),
                    sentence(property.path("description").asText())));
      }
    }
    compare(
        "docs/configuration.md",
        """
        # Configuration

        %sSet a property by its environment variable, in a file `.env` of the working directory, or \
        as `--name=value` behind `java -jar target/serai.jar`; the environment comes before `.env`. \
        Everything is checked at start: a value without sense ends the hub with one line that names \
        the property. A duration is written `500ms`, `5s`, `10m`, `1h` or `30d`, a size `64KB` or \
        `4MB`.

        | Property | Variable | Type | Default | Meaning |
        |---|---|---|---|---|
        %s
        ## Secrets of sources

        `SERAI_<SOURCE>_SECRETS` has the secrets of the source of that name: `SERAI_STRIPE_SECRETS` \
        those of `stripe`. Several are separated by `|`; each may end in `@` and the time it expires \
        (RFC 3339): `whsec_old@2026-12-01T00:00:00Z|whsec_new`. A request is accepted if any of them \
        has signed it. In development a source without a secret gets one, in \
        `data/secrets/<source>`; elsewhere it refuses everything.
        """
            .formatted(GENERATED, String.join("", rows.values())));
  }

  @Test
  void commandLine() throws IOException {
    compare("docs/cli.md", CommandReference.page(GENERATED));
  }

  @Test
  void inbound() throws IOException {
    compare(
        "docs/components/inbound.md",
        ComponentPage.of(
            InboundEndpoint.class,
            GENERATED,
            "Receives what a provider posts. See [webhooks](../webhooks.md).",
            Map.of("Options", SourceOptions.class)));
  }

  @Test
  void event() throws IOException {
    compare(
        "docs/components/event.md",
        ComponentPage.of(
            EventEndpoint.class,
            GENERATED,
            "Takes events from the log as a subscription (`from`), or appends events to it (`to`)."
                + " See [architecture](../architecture.md).",
            used("event", EventConsumerOptions.class, EventProducerOptions.class)));
  }

  @Test
  void job() throws IOException {
    compare(
        "docs/components/job.md",
        ComponentPage.of(
            JobEndpoint.class,
            GENERATED,
            "Runs a route by the clock (`from`), or notes what a run does (`to`). See"
                + " [jobs](../jobs.md).",
            used("job", JobOptions.class, RunOptions.class)));
  }

  @Test
  void googleCloudTasks() throws IOException {
    compare(
        "docs/components/google-cloud-tasks.md",
        ComponentPage.of(
                GoogleCloudTasksEndpoint.class,
                GENERATED,
                "Makes tasks in a queue of Google Cloud Tasks (`to`), with `serai.cloud=gcp`: HTTP"
                    + " requests that Google makes, at once or later, until they succeed. The body"
                    + " is that of the request, and stays. The Kamelets `task-create` and"
                    + " `task-delete` use it. See [tasks](../tasks.md).",
                Map.of("Options", GoogleCloudTasksOptions.class))
            + ComponentPage.headers(GoogleCloudTasksConstants.class));
  }

  private static Map<String, Class<?>> used(String name, Class<?> from, Class<?> to) {
    return new TreeMap<>(
        Map.of(
            "Options of `from: %s`".formatted(name),
            from,
            "Options of `to: %s`".formatted(name),
            to));
  }

  /** What {@code routes check} and route editors know of our components. */
  @Test
  void descriptions() throws IOException {
    compareDescription(InboundEndpoint.class, SourceOptions.class);
    compareDescription(EventEndpoint.class, EventConsumerOptions.class, EventProducerOptions.class);
    compareDescription(JobEndpoint.class, JobOptions.class, RunOptions.class);
    compareDescription(GoogleCloudTasksEndpoint.class, GoogleCloudTasksOptions.class);
  }

  private static void compareDescription(Class<?> endpoint, Class<?>... options)
      throws IOException {
    compare(
        "src/main/resources/META-INF/serai/components/%s.json"
            .formatted(endpoint.getAnnotation(UriEndpoint.class).scheme()),
        ComponentDescription.of(endpoint, options));
  }

  private static String sentence(String description) {
    String text = description.replaceAll("\\{@code ([^}]*)}", "`$1`").replaceAll("\\s+", " ");
    String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    return capital.endsWith(".") ? capital : capital + ".";
  }

  private static String variable(String property) {
    return property.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static void compare(String file, String expected) throws IOException {
    Path path = Path.of(file);
    if (WRITE) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, expected);
    }
    assertThat(path)
        .as("run: mvn test -Dtest=ReferencesTest -Dreferences=write")
        .content()
        .isEqualTo(expected);
  }
}
