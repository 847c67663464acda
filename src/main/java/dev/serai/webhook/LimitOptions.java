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
          "Most requests a second on one hub, or as rateScope says; others are refused as rate"
              + " before their bodies are read. 0 for any number; serai.webhooks.rate, if empty.")
  @Nullable Integer rate;

  @UriParam(
      label = "consumer",
      description = "How many requests may come at once after idleness. Twice the rate, if 0.")
  int burst;

  @UriParam(
      label = "consumer",
      javaType = "java.lang.String",
      enums = "hub,cluster",
      description =
          "Whether the rate is that of each hub, or of all hubs together, counted in Redis. While"
              + " Redis is away each hub counts alone. serai.webhooks.rate-scope, if empty.")
  @Nullable RateScope rateScope;

  /**
   * What the source lets in.
   *
   * @param otherwise the rate of sources without one of their own
   * @param otherwiseScope whose requests count, for sources that don't say
   * @param cluster counts over all hubs
   */
  SourceRate rate(int otherwise, RateScope otherwiseScope, ClusterRate cluster) {
    RateScope scope = rateScope == null ? otherwiseScope : rateScope;
    int perSecond = rate == null ? otherwise : rate;
    if (scope == RateScope.CLUSTER) {
      checkShared(perSecond);
    }
    return new SourceRate(perSecond, burst, scope == RateScope.CLUSTER ? cluster : null);
  }

  private void checkShared(int perSecond) {
    SourceOptions.require(
        SourceRate.burst(perSecond, burst) <= SourceRate.MAX_SHARED,
        burst == 0 ? "rate" : "burst",
        burst == 0 ? perSecond : burst,
        "allow at most %s at once when hubs share it".formatted(SourceRate.MAX_SHARED));
  }

  /**
   * @throws IllegalArgumentException naming the option whose value can't be
   */
  void checkLimits() {
    String span = "be between 0 and %s".formatted(SourceRate.MAX);
    SourceOptions.require(rate == null || rate >= 0 && rate <= SourceRate.MAX, "rate", rate, span);
    SourceOptions.require(burst >= 0 && burst <= SourceRate.MAX, "burst", burst, span);
    if (rateScope == RateScope.CLUSTER && rate != null) {
      checkShared(rate);
    }
  }

  public void setRate(Integer rate) {
    this.rate = rate;
  }

  public void setBurst(int burst) {
    this.burst = burst;
  }

  public void setRateScope(RateScope rateScope) {
    this.rateScope = rateScope;
  }
}
