package dev.serai.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a job is due. The moments are its slots; they follow from the schedule alone, so that every
 * hub finds the same ones and none has to remember any.
 */
sealed interface Schedule permits Cron, Every, Once {

  /** Slots are looked for from here on. */
  Instant FIRST = Instant.EPOCH;

  /** Beyond, there are no slots: what is later can't be written with four digits of a year. */
  Instant END = Instant.parse("9999-01-01T00:00:00Z");

  /** The first slot after this moment; none when the last one is past. */
  Optional<Instant> next(Instant after);

  /** The schedule in words, the same for the same schedule: {@code 0 30 2 1 * *, Asia/Kolkata}. */
  String text();

  /** The slots after one moment up to another, which is included; the first ones when many. */
  default List<Instant> between(Instant after, Instant until, int limit) {
    List<Instant> slots = new ArrayList<>();
    Optional<Instant> slot = next(after);
    while (slots.size() < limit && slot.isPresent() && !slot.get().isAfter(until)) {
      slots.add(slot.get());
      slot = next(slot.get());
    }
    return slots;
  }

  /**
   * The schedule that the options of an endpoint say. A text may be empty, and one of {@code cron},
   * {@code every} and {@code at} is given at most.
   *
   * @param cron 5 or 6 fields: see {@link CronFields}
   * @param zone the time zone of {@code cron}; UTC when empty
   * @param gap what becomes of local times that a change of the clock leaves out: see {@link Gap};
   *     {@code run} when empty
   * @param overlapHour which of two equal local times counts: see {@link OverlapHour}; {@code
   *     first} when empty
   * @param every an interval: see {@link Every}
   * @param at one moment: see {@link Once}
   * @return null for a job that runs on request only
   * @throws IllegalArgumentException naming the option, its value and what would be right
   */
  static @Nullable Schedule of(
      String cron, String zone, String gap, String overlapHour, String every, String at) {
    Gap missing = Gap.of(gap);
    OverlapHour doubled = OverlapHour.of(overlapHour);
    Map<String, String> given = new LinkedHashMap<>();
    given.put("cron", cron);
    given.put("every", every);
    given.put("at", at);
    given.values().removeIf(String::isBlank);
    if (given.size() > 1) {
      throw new IllegalArgumentException(
          "job: options %s are given; a job has one of them".formatted(given));
    }
    if (cron.isBlank() && !zone.isBlank()) {
      throw new IllegalArgumentException(
          "job: option 'zone' is '%s'; it is for 'cron' only: leave it out".formatted(zone));
    }
    if (!cron.isBlank()) {
      return new Cron(CronFields.parse(cron), Zones.parse(zone), missing, doubled).orNever();
    }
    if (!every.isBlank()) {
      return Every.parse(every);
    }
    return at.isBlank() ? null : Once.parse(at);
  }
}
