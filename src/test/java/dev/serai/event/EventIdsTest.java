package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** How are the ids of events ordered? */
class EventIdsTest {

  @Test
  void asTheyAreGivenOutAlsoWithinAMillisecond() {
    EventIds ids = at(Instant.parse("2026-11-20T10:00:00Z"));
    String before = ids.next().toString();
    for (int i = 0; i < 5_000; i++) {
      String next = ids.next().toString();
      assertThat(next).isGreaterThan(before);
      before = next;
    }
  }

  @Test
  void noTwoAreTheSameAlsoIfTwoHubsMakeThemAtTheSameMoment() {
    Instant now = Instant.parse("2026-11-20T10:00:00Z");
    EventIds one = at(now);
    EventIds two = at(now);
    Set<UUID> all = new TreeSet<>();
    for (int i = 0; i < 1_000; i++) {
      assertThat(all.add(one.next())).isTrue();
      assertThat(all.add(two.next())).isTrue();
    }
  }

  @Property(tries = 200)
  void theLeastIdOfATimeIsBelowAllOfItAndAboveAllBefore(
      @ForAll @LongRange(min = 1, max = 253_402_300_799_000L) long millis) {
    Instant time = Instant.ofEpochMilli(millis);
    String least = EventIds.least(time).toString();
    assertThat(at(time).next().toString()).isGreaterThan(least).matches(".{14}7.*");
    assertThat(at(time.minusMillis(1)).next().toString()).isLessThan(least);
  }

  private static EventIds at(Instant time) {
    return new EventIds(Clock.fixed(time, ZoneOffset.UTC));
  }
}
