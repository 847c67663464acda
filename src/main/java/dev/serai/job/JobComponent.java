package dev.serai.job;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** The {@code job} component: a route's runs by the clock, and what it says of them. */
final class JobComponent extends DefaultComponent {

  private final JobRegistry registry;
  private final RunNotes notes;
  private final LateStarts late;
  private final JobSettings settings;

  JobComponent(JobRegistry registry, RunNotes notes, LateStarts late, JobSettings settings) {
    this.registry = registry;
    this.notes = notes;
    this.late = late;
    this.settings = settings;
  }

  /**
   * Normalised, the URI of a component without a path is cut at the first colon of its parameters:
   * of a time, or an expression.
   */
  @Override
  public boolean useRawUri() {
    return true;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    if (remaining != null && !remaining.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' has a path '%s'; the job component takes parameters only"
              .formatted(uri, remaining));
    }
    var consumer = new JobOptions(settings);
    var producer = new RunOptions();
    setProperties(consumer, parameters);
    setProperties(producer, parameters);
    return new JobEndpoint(uri, this, registry, notes, late, consumer, producer);
  }
}
