package dev.serai.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;

/** Reads how many spans the queue in front of the exporter had no room for. */
final class SpanCounts implements MetricReader {

  private volatile CollectionRegistration registration = CollectionRegistration.noop();

  @Override
  public void register(CollectionRegistration known) {
    registration = known;
  }

  double dropped() {
    return registration.collectAllMetrics().stream()
        .filter(metric -> metric.getName().equals("processedSpans"))
        .mapToDouble(SpanCounts::dropped)
        .sum();
  }

  private static double dropped(MetricData metric) {
    return metric.getLongSumData().getPoints().stream()
        .filter(
            point ->
                point.getAttributes().asMap().entrySet().stream()
                    .anyMatch(
                        entry ->
                            entry.getKey().getKey().equals("dropped")
                                && Boolean.TRUE.equals(entry.getValue())))
        .mapToLong(LongPointData::getValue)
        .sum();
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType instrumentType) {
    return AggregationTemporality.CUMULATIVE;
  }

  @Override
  public CompletableResultCode forceFlush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
