package dev.serai.job;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The address of a monitor that is told of a job's runs.
 *
 * @param address may have {@code {signal}} in it
 */
record Ping(String job, String address) {

  private static final String SIGNAL = "{signal}";

  /** By job. */
  static Map<String, Ping> of(List<String> settings) {
    Map<String, Ping> pings = new LinkedHashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      String job = setting.substring(0, Math.max(equals, 0)).strip();
      Ping ping = new Ping(job, setting.substring(equals + 1).strip());
      // What is no address may be one with a typing error: it is not shown.
      if (job.isEmpty() || !ping.address.matches("https?://[^/\\s]+\\S*")) {
        throw new IllegalArgumentException(
            "serai.jobs.pings has an entry of job '%s' that is none: it must be <job>=<http address>"
                .formatted(job));
      }
      ping.uri("");
      pings.put(job, ping);
    }
    return pings;
  }

  /** Whether the monitor wants to know more than that a run was done. */
  boolean isDetailed() {
    return address.contains(SIGNAL);
  }

  /**
   * @param signal /start, /fail or nothing
   */
  URI uri(String signal) {
    return URI.create(address.replace(SIGNAL, signal));
  }
}
