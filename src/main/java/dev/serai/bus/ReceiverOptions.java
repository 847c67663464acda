package dev.serai.bus;

import dev.serai.event.Places;
import dev.serai.event.TimeSpan;
import java.time.Duration;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of {@code from: event} that spare the receiver. */
@UriParams
public class ReceiverOptions {

  @UriParam(
      label = "consumer",
      description =
          "How many deliveries may begin in a second, a minute or an hour, over all hubs: 100/s,"
              + " 1000/m, 5/h. A tenth of them may begin at once. What is beyond waits and is not"
              + " counted as an attempt. Any number, if empty.")
  private String rate = "";

  @UriParam(
      label = "consumer",
      defaultValue = "0",
      description =
          "How many different deliveries must fail in a row, over all hubs, until the"
              + " subscription's breaker opens: nothing is claimed then but one delivery from time"
              + " to time, until one succeeds. What no retry can mend (fatal) is not counted. No"
              + " breaker, if 0.")
  private int breakerThreshold;

  @UriParam(
      label = "consumer",
      defaultValue = "1m",
      javaType = "java.time.Duration",
      description = "How near together the failures must be that open the breaker.")
  private String breakerWindow = "1m";

  @UriParam(
      label = "consumer",
      defaultValue = "10s",
      javaType = "java.time.Duration",
      description =
          "How long the breaker is open before one delivery is tried. It doubles each time that"
              + " one fails, too.")
  private String breakerPause = "10s";

  @UriParam(
      label = "consumer",
      defaultValue = "5m",
      javaType = "java.time.Duration",
      description = "The longest time between two such deliveries.")
  private String breakerMaxPause = "5m";

  @UriParam(
      label = "consumer",
      description =
          "Name of a group of subscriptions that share places: of all their deliveries no more run"
              + " at a time than groupConcurrency, over all hubs. The routes of a group say the"
              + " same numbers. No group, if empty.")
  private String group = "";

  @UriParam(
      label = "consumer",
      defaultValue = "1",
      description = "How many deliveries of the group may run at a time, 1 to 10000.")
  private int groupConcurrency = 1;

  @UriParam(
      label = "consumer",
      defaultValue = "0",
      description =
          "How many of those may be of one workspace, 1 to 10000. As many as there are, if 0; what"
              + " has no workspace is not limited by it.")
  private int groupPerWorkspace;

  /**
   * @throws IllegalArgumentException naming the option whose value can't be
   */
  ReceiverPolicy receiver() {
    return new ReceiverPolicy(rate.isBlank() ? null : Rate.parse(rate), breaker(), places());
  }

  private @Nullable Places places() {
    OrderOptions.require(
        groupConcurrency > 0 && groupConcurrency <= Places.MOST,
        "groupConcurrency",
        groupConcurrency,
        "be 1 to 10000");
    OrderOptions.require(
        groupPerWorkspace >= 0 && groupPerWorkspace <= Places.MOST,
        "groupPerWorkspace",
        groupPerWorkspace,
        "be 0 to 10000");
    return group.isBlank()
        ? null
        : new Places(
            group.strip(),
            groupConcurrency,
            groupPerWorkspace == 0 ? groupConcurrency : groupPerWorkspace);
  }

  private @Nullable BreakerPolicy breaker() {
    OrderOptions.require(
        breakerThreshold >= 0 && breakerThreshold <= 1000,
        "breakerThreshold",
        breakerThreshold,
        "be 0 to 1000");
    Duration window = TimeSpan.parse("event", "breakerWindow", breakerWindow);
    OrderOptions.require(!window.isZero(), "breakerWindow", breakerWindow, "be above 0");
    Duration pause = TimeSpan.parse("event", "breakerPause", breakerPause);
    OrderOptions.require(!pause.isZero(), "breakerPause", breakerPause, "be above 0");
    Duration longest = TimeSpan.parse("event", "breakerMaxPause", breakerMaxPause);
    OrderOptions.require(
        longest.compareTo(pause) >= 0,
        "breakerMaxPause",
        breakerMaxPause,
        "be breakerPause or more");
    return breakerThreshold == 0
        ? null
        : new BreakerPolicy(breakerThreshold, window, pause, longest);
  }

  public void setRate(String rate) {
    this.rate = rate;
  }

  public void setGroup(String group) {
    this.group = group;
  }

  public void setGroupConcurrency(int groupConcurrency) {
    this.groupConcurrency = groupConcurrency;
  }

  public void setGroupPerWorkspace(int groupPerWorkspace) {
    this.groupPerWorkspace = groupPerWorkspace;
  }

  public void setBreakerThreshold(int breakerThreshold) {
    this.breakerThreshold = breakerThreshold;
  }

  public void setBreakerWindow(String breakerWindow) {
    this.breakerWindow = breakerWindow;
  }

  public void setBreakerPause(String breakerPause) {
    this.breakerPause = breakerPause;
  }

  public void setBreakerMaxPause(String breakerMaxPause) {
    this.breakerMaxPause = breakerMaxPause;
  }
}
