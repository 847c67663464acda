package dev.serai.job;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of {@code to: job}; Camel sets them by their setters. */
@UriParams
public final class RunOptions {

  @UriParam(
      label = "producer",
      description = "How far the run is, in per cent: a number or a simple expression, 0 to 100.")
  @Nullable String progress;

  @UriParam(
      label = "producer",
      description = "What the run does at the moment: text or a simple expression, 500 characters.")
  @Nullable String message;

  @UriParam(
      label = "producer",
      description =
          "A line for the run's log: text or a simple expression, 4,000 characters. The first 1,000"
              + " lines of a run are kept.")
  @Nullable String log;

  public void setProgress(String progress) {
    this.progress = progress;
  }

  public void setMessage(String message) {
    this.message = message;
  }

  public void setLog(String log) {
    this.log = log;
  }
}
