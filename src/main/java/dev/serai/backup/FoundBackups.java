package dev.serai.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the bucket has of one kind of backup: {@code <kind>/<name>/...}, a backup only if one of
 * these is its manifest, or all keys of Redis. As text: what became of them.
 */
public final class FoundBackups {

  /** No run lasts as long: parts without a manifest that are older were left by one that died. */
  private static final Duration LEFT_OVER = Duration.ofDays(1);

  private final String kind;
  private final int daily;
  private final int weekly;
  private final Instant now;
  private final Set<String> kept = new HashSet<>();
  private final TreeMap<String, Found> found = new TreeMap<>();
  private List<String> gone = List.of();
  private String after = "";

  FoundBackups(String kind, int daily, int weekly, Instant now) {
    this.kind = kind;
    this.daily = daily;
    this.weekly = weekly;
    this.now = now;
  }

  public String kind() {
    return kind;
  }

  /** What the names of its objects begin with. */
  public String prefix() {
    return kind + "/";
  }

  /** Behind which object the next page begins. */
  public String after() {
    return after;
  }

  /** The names of the backups that {@link #old} has found, divided by commas. */
  public String gone() {
    return String.join(",", gone);
  }

  void keep(String name) {
    kept.add(name);
  }

  boolean add(Map<String, Object> page) {
    for (Object object : (List<?>) page.getOrDefault("objects", List.of())) {
      Map<?, ?> told = (Map<?, ?>) object;
      String name = String.valueOf(told.get("name"));
      int end = name.indexOf('/', prefix().length());
      if (name.startsWith(prefix()) && end > 0) {
        found
            .computeIfAbsent(name.substring(prefix().length(), end), key -> new Found())
            .add(name, Instant.parse(String.valueOf(told.get("created"))));
      }
    }
    after = String.valueOf(page.getOrDefault("next", ""));
    return Boolean.TRUE.equals(page.get("more"));
  }

  List<String> old() {
    Set<String> stays = stays();
    List<String> names = new ArrayList<>();
    List<String> objects = new ArrayList<>();
    found.forEach(
        (name, backup) -> {
          boolean left = !backup.whole && backup.newest.isBefore(now.minus(LEFT_OVER));
          if (left || (backup.whole && !stays.contains(name))) {
            names.add(name);
            objects.addAll(backup.manifestFirst());
          }
        });
    gone = names;
    return objects;
  }

  /** The last one of each of the newest days and weeks (UTC) that have any. */
  private Set<String> stays() {
    Set<String> stays = new HashSet<>(kept);
    Set<LocalDate> days = new HashSet<>();
    Set<String> weeks = new HashSet<>();
    for (Map.Entry<String, Found> backup : found.descendingMap().entrySet()) {
      if (!backup.getValue().whole) {
        continue;
      }
      LocalDate day = LocalDate.ofInstant(backup.getValue().newest, ZoneOffset.UTC);
      String week =
          day.get(IsoFields.WEEK_BASED_YEAR) + "-" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      if (days.size() < daily && days.add(day)) {
        stays.add(backup.getKey());
      }
      if (weeks.size() < weekly && weeks.add(week)) {
        stays.add(backup.getKey());
      }
    }
    return stays;
  }

  String one(@Nullable String name) {
    for (Map.Entry<String, Found> backup : found.descendingMap().entrySet()) {
      if (backup.getValue().whole && (name == null || name.equals(backup.getKey()))) {
        return backup.getKey();
      }
    }
    throw new UnusableBackupException(
        name == null
            ? "The bucket backups has no backup of kind '%s'".formatted(kind)
            : "The bucket backups has no whole backup '%s/%s'".formatted(kind, name));
  }

  @Override
  public String toString() {
    return "%s of %s older ones deleted".formatted(gone.size(), found.size());
  }

  /** The objects of one. */
  private static final class Found {
    private final List<String> objects = new ArrayList<>();
    private Instant newest = Instant.MIN;
    private boolean whole;

    void add(String object, Instant created) {
      objects.add(object);
      newest = created.isAfter(newest) ? created : newest;
      whole |= isLast(object);
    }

    List<String> manifestFirst() {
      return objects.stream()
          .sorted(java.util.Comparator.comparing(object -> !isLast(object)))
          .toList();
    }

    /** The one that makes it a backup. */
    private static boolean isLast(String object) {
      return object.endsWith("/" + Manifest.OBJECT) || object.endsWith("/keys.ndjson");
    }
  }
}
