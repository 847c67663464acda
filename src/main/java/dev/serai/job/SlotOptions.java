package dev.serai.job;

import dev.serai.event.TimeSpan;
import java.time.Duration;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of {@code from: job} that say when it runs. */
@UriParams
public class SlotOptions {

  @UriParam(
      label = "consumer",
      description =
          "When it runs: 5 fields (minute, hour, day, month, weekday) or 6 with seconds first, by"
              + " the clocks of the zone. Of cron, every and at one is given, or none: then it runs"
              + " on request only.")
  private String cron = "";

  @UriParam(
      label = "consumer",
      defaultValue = "UTC",
      description = "The time zone of cron, such as Asia/Kolkata.")
  private String zone = "";

  @UriParam(
      label = "consumer",
      defaultValue = "run",
      enums = "run,skip",
      description =
          "What becomes of a time that is missing because clocks are set forward: run runs it at"
              + " the first moment after the gap, skip leaves it out.")
  private String gap = "";

  @UriParam(
      label = "consumer",
      defaultValue = "first",
      enums = "first,second,both",
      description =
          "Which of two equal times counts where clocks are set back and cron lists hours.")
  private String overlapHour = "";

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      description =
          "The interval in which it runs: 90s, 10m, 24h. Slots are whole multiples of it since 1970"
              + " (UTC).")
  private String every = "";

  @UriParam(
      label = "consumer",
      description = "The one time at which it runs, such as 2026-12-24T18:00:00Z.")
  private String at = "";

  @UriParam(
      label = "consumer",
      defaultValue = "none",
      enums = "none,once,all,window",
      description =
          "What becomes of slots that no hub was there for: none gives them up, once runs the last,"
              + " all runs all, window those of the last catchUpWindow.")
  private String catchUp = "none";

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      description = "How old a slot may be that is run later, with catchUp: window.")
  private String catchUpWindow = "";

  @UriParam(
      label = "consumer",
      defaultValue = "1m",
      javaType = "java.time.Duration",
      description =
          "How late a slot may be taken, and its run begin, and still be in time; later, see"
              + " catchUp. An alert needs 15 s at least.")
  private String grace = "1m";

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      description =
          "How long after its slot a run must have succeeded; if none has by then, the job is"
              + " overdue and an alert is raised. If it is missing, timeout and grace together. 0s"
              + " for no such alert.")
  private String successWithin = "";

  Definition slots(String parameters, Duration timeout, int priority, String queue) {
    CatchUp policy = CatchUp.of(catchUp);
    require(
        policy != CatchUp.WINDOW || !catchUpWindow.isEmpty(),
        "catchUpWindow",
        catchUpWindow,
        "be a time span such as 6h with catchUp: window");
    return new Definition(
        cron,
        zone,
        gap,
        overlapHour,
        every,
        at,
        policy,
        catchUpWindow.isEmpty() ? null : TimeSpan.parse("job", "catchUpWindow", catchUpWindow),
        TimeSpan.parse("job", "grace", grace),
        timeout,
        priority,
        parameters,
        successWithin.isEmpty() ? null : TimeSpan.parse("job", "successWithin", successWithin),
        queue);
  }

  boolean hasSlots() {
    return !(cron + every + at).isEmpty();
  }

  static void require(boolean holds, String option, Object value, String must) {
    if (!holds) {
      throw new IllegalArgumentException(
          "job: option '%s' is '%s'; it must %s".formatted(option, value, must));
    }
  }

  public void setCron(String cron) {
    this.cron = cron;
  }

  public void setZone(String zone) {
    this.zone = zone;
  }

  public void setGap(String gap) {
    this.gap = gap;
  }

  public void setOverlapHour(String overlapHour) {
    this.overlapHour = overlapHour;
  }

  public void setEvery(String every) {
    this.every = every;
  }

  public void setAt(String at) {
    this.at = at;
  }

  public void setCatchUp(String catchUp) {
    this.catchUp = catchUp;
  }

  public void setCatchUpWindow(String catchUpWindow) {
    this.catchUpWindow = catchUpWindow;
  }

  public void setSuccessWithin(String successWithin) {
    this.successWithin = successWithin;
  }

  public void setGrace(String grace) {
    this.grace = grace;
  }
}
