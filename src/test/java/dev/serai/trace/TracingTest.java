package dev.serai.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TracerProvider;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who decides whether a trace is sampled? */
class TracingTest {

  private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String NOT_SAMPLED = SAMPLED.substring(0, SAMPLED.length() - 1) + "0";

  private static Tracing tracing(double share) {
    return new Tracing(
        TracerProvider.noop().get("test"),
        new GivenIds(),
        share,
        Set.of("friend"),
        Clock.systemUTC());
  }

  private static SpanContext sent(double share, String source, String parent) {
    return Objects.requireNonNull(tracing(share).sent(source, parent, null));
  }

  @Test
  void aStrangersFlagIsNotObeyed() {
    assertThat(sent(0, "stranger", SAMPLED).isSampled()).isFalse();
    assertThat(sent(1, "stranger", NOT_SAMPLED).isSampled()).isTrue();
    assertThat(sent(0, "stranger", SAMPLED).getTraceId())
        .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @Test
  void aTrustedSourcesFlagIs() {
    assertThat(sent(0, "friend", SAMPLED).isSampled()).isTrue();
    assertThat(sent(1, "friend", NOT_SAMPLED).isSampled()).isFalse();
  }

  @Test
  void withoutAReceiverNothingIs() {
    Tracing off = new Tracing(null, new GivenIds(), 1, Set.of("friend"), Clock.systemUTC());
    assertThat(Objects.requireNonNull(off.sent("friend", SAMPLED, null)).isSampled()).isFalse();
    assertThat(off.of(null, UUID.randomUUID()).isSampled()).isFalse();
  }

  @Test
  void theShareIsKeptAndAllHubsDecideAlike() {
    Tracing one = tracing(0.1);
    Tracing other = tracing(0.1);
    // As the hub gives them out: those of a moment follow one another.
    UUID[] ids =
        Stream.iterate(0L, number -> number + 1)
            .limit(20_000)
            .map(number -> new UUID(0x01a1fb3780d078c1L, 0x918856fa3a1b5323L + number))
            .toArray(UUID[]::new);
    long sampled = Stream.of(ids).filter(id -> one.of(null, id).isSampled()).count();
    assertThat(sampled).isBetween(1_800L, 2_200L);
    assertThat(ids).allMatch(id -> one.of(null, id).isSampled() == other.of(null, id).isSampled());
  }

  @Test
  void aLineSaysAgainWhatItWasMadeOf() {
    SpanContext context = TraceText.parse(SAMPLED, "a=1,b=2");
    assertThat(TraceText.line(context)).isEqualTo(SAMPLED + " a=1,b=2");
    assertThat(TraceText.parseLine(TraceText.line(context))).isEqualTo(context);
    assertThat(state("x=" + "y".repeat(600))).isEmpty();
    assertThat(state("no state")).isEmpty();
    assertThat(state(null)).isEmpty();
  }

  private static String state(@Nullable String state) {
    String line = TraceText.line(TraceText.parse(SAMPLED, state));
    return line.substring(SAMPLED.length());
  }
}
