package dev.serai.webhook;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** How much a source may send. */
@UriParams
public abstract sealed class LimitOptions permits HmacOptions {

  @UriParam(
      label = "consumer",
      description =
          "Most requests a second on one hub; others are refused as rate before their bodies are"
              + " read. 0 for any number; serai.webhooks.rate, if empty.")
  @Nullable Integer rate;

  @UriParam(
      label = "consumer",
      description = "How many requests may come at once after idleness. Twice the rate, if 0.")
  int burst;

  /** What the source lets in, where sources without a rate of their own let in so many. */
  SourceRate rate(int otherwise) {
    return new SourceRate(rate == null ? otherwise : rate, burst);
  }

  /**
   * @throws IllegalArgumentException naming the option whose value can't be
   */
  void checkLimits() {
    String span = "be between 0 and %s".formatted(SourceRate.MAX);
    SourceOptions.require(rate == null || rate >= 0 && rate <= SourceRate.MAX, "rate", rate, span);
    SourceOptions.require(burst >= 0 && burst <= SourceRate.MAX, "burst", burst, span);
  }

  public void setRate(Integer rate) {
    this.rate = rate;
  }

  public void setBurst(int burst) {
    this.burst = burst;
  }
}
