package dev.serai.job;

import dev.serai.event.TimeSpan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of {@code from: job} beside those of the slots; Camel sets them by their setters. */
@UriParams
public final class JobOptions extends SlotOptions {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  private final JobSettings settings;

  @Metadata(required = true)
  @UriParam(
      label = "consumer",
      description = "Name of the job, unique: small letters, digits and -, 63 at most.")
  private String name = "";

  @UriParam(
      label = "consumer",
      defaultValue = "skip",
      enums = "skip,queue-one,queue-all,cancel,allow",
      description =
          "What becomes of a slot while a run is open: skip records it as skipped, queue-one lets"
              + " it wait in place of one that waits, queue-all lets all wait, cancel ends the open"
              + " run, allow runs them side by side.")
  private String overlap = "skip";

  @UriParam(
      label = "consumer",
      description =
          "What runs may be given, separated by commas: name:type, with ? when it is optional or"
              + " =value for a default. Types: text, integer, number, boolean, date, month,"
              + " timestamp. A run for one workspace has it as parameter workspace.")
  private String parameters = "";

  @UriParam(
      label = "consumer",
      defaultValue = "3",
      description = "How many times a failed run is repeated before it is a dead letter.")
  private int retries = 3;

  @UriParam(
      label = "consumer",
      defaultValue = "30s",
      javaType = "java.time.Duration",
      description =
          "The longest wait before the first retry. It doubles with each further one; the wait"
              + " itself is random between nothing and that.")
  private String backoff = "30s";

  @UriParam(
      label = "consumer",
      defaultValue = "1h",
      javaType = "java.time.Duration",
      description = "The longest wait before any retry.")
  private String maxBackoff = "1h";

  @UriParam(
      label = "consumer",
      defaultValue = "1h",
      javaType = "java.time.Duration",
      description =
          "How long one attempt may take before it is interrupted and retried; what it writes to"
              + " its run after that is refused.")
  private String timeout = "1h";

  @UriParam(
      label = "consumer",
      defaultValue = "1",
      description = "Runs that each hub handles at a time when overlap is allow.")
  private int concurrency = 1;

  @UriParam(
      label = "consumer",
      description =
          "Name of the queue that the job is in: the jobs of a queue share as many workers as"
              + " serai.jobs.queues says. None, if empty.")
  private String queue = "";

  @UriParam(
      label = "consumer",
      defaultValue = "0",
      description = "How soon a run begins among those that wait, 0 to 9, the highest first.")
  private int priority;

  @UriParam(
      label = "consumer",
      defaultValue = "false",
      description =
          "Whether the route's SQL, the events it emits and the end of the run are one transaction:"
              + " all of it happens exactly once. Camel's steps stay on one thread then; what a"
              + " bean does on a thread of its own is not part of it.")
  private boolean transaction;

  @UriParam(
      label = "consumer",
      description =
          "Exceptions that no retry can mend, by name, separated by commas. Their run is a dead"
              + " letter at once.")
  private String fatal = "";

  JobOptions(JobSettings settings) {
    this.settings = settings;
  }

  /**
   * @throws IllegalArgumentException naming the option whose value can't be
   */
  Definition definition() {
    require(
        NAME.matcher(name).matches(), "name", name, "be small letters, digits and -, 63 at most");
    require(priority >= 0 && priority <= 9, "priority", priority, "be 0 to 9");
    overlap();
    Parameter required = Parameters.of(parameters).firstRequired();
    require(
        required == null || !hasSlots(),
        "parameters",
        parameters,
        "give '%s' a default or a ?, because runs by the clock are given nothing"
            .formatted(required == null ? "" : required.name()));
    Definition slots =
        slots(parameters, TimeSpan.parse("job", "timeout", timeout), priority, queue);
    slots.schedule();
    return slots;
  }

  Overlap overlap() {
    return Overlap.of(overlap);
  }

  /** The options of the subscription that runs are delivered to. */
  Map<String, Object> delivery() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("sources", NewRun.SOURCE);
    options.put("retries", retries);
    options.put("backoff", backoff);
    options.put("maxBackoff", maxBackoff);
    options.put("timeout", timeout);
    options.put("concurrency", concurrency);
    options.put("transaction", transaction);
    options.put("fatal", fatal);
    if (!queue.isEmpty()) {
      JobSettings.Queue shared = settings.queue(queue);
      options.put("group", "jobs/" + queue);
      options.put("groupConcurrency", shared.concurrency());
      options.put("groupPerWorkspace", shared.perWorkspace());
    }
    if (overlap() != Overlap.ALLOW) {
      options.put(
          "orderBy", "subject"); // which is the job: one run at a time, in the order of slots
    }
    return options;
  }

  String name() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public void setOverlap(String overlap) {
    this.overlap = overlap;
  }

  public void setParameters(String parameters) {
    this.parameters = parameters;
  }

  public void setRetries(int retries) {
    this.retries = retries;
  }

  public void setBackoff(String backoff) {
    this.backoff = backoff;
  }

  public void setMaxBackoff(String maxBackoff) {
    this.maxBackoff = maxBackoff;
  }

  public void setTimeout(String timeout) {
    this.timeout = timeout;
  }

  public void setConcurrency(int concurrency) {
    this.concurrency = concurrency;
  }

  public void setQueue(String queue) {
    this.queue = queue;
  }

  public void setPriority(int priority) {
    this.priority = priority;
  }

  public void setTransaction(boolean transaction) {
    this.transaction = transaction;
  }

  public void setFatal(String fatal) {
    this.fatal = fatal;
  }
}
