package dev.serai.webhook;

import dev.serai.event.Times;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * When secrets were first seen and last used. What this hub sees is in memory; every few seconds it
 * is written to a small table, and what other hubs have seen is read from it.
 */
public final class SecretHistory {

  private static final Logger log = LoggerFactory.getLogger(SecretHistory.class);

  private static final String WRITE =
      """
      insert into serai.secret as s (source, fingerprint, first_seen_at, last_used_at)
      values (?, ?, ?, ?)
      on conflict (source, fingerprint) do update
        set last_used_at = greatest(s.last_used_at, excluded.last_used_at)
      """;
  private static final String READ =
      "select source, fingerprint, first_seen_at, last_used_at from serai.secret";

  private final JdbcTemplate jdbc;
  private final SourceSecrets secrets;
  private final Clock clock;

  /** Uses by this hub. */
  private final Map<Name, Instant> uses = new ConcurrentHashMap<>();

  /** What the table said last. */
  private volatile Map<Name, Life> shared = Map.of();

  SecretHistory(DataSource engine, SourceSecrets secrets, Clock clock) {
    this.jdbc = new JdbcTemplate(engine);
    this.secrets = secrets;
    this.clock = clock;
  }

  /** A request that this secret verified was accepted. */
  void used(String source, String fingerprint) {
    uses.put(new Name(source, fingerprint), clock.instant());
  }

  /** When a request of the source was last accepted, under whatever secret; null for never. */
  public @Nullable Instant lastUsed(String source) {
    return Stream.concat(uses.keySet().stream(), shared.keySet().stream())
        .filter(name -> name.source.equals(source))
        .map(this::lastUsed)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /** The secrets of a source that count now, in the order of its setting. */
  public List<SecretUse> of(Source source) {
    return source.secrets().stream().map(secret -> of(source.name(), secret)).toList();
  }

  /** The life of a source's secret. */
  SecretUse of(String source, Secret secret) {
    Name name = new Name(source, secret.fingerprint());
    Life life = shared.get(name);
    return new SecretUse(secret, life == null ? null : life.firstSeen, lastUsed(name));
  }

  private @Nullable Instant lastUsed(Name name) {
    Instant here = uses.get(name);
    Life life = shared.get(name);
    Instant anywhere = life == null ? null : life.lastUsed;
    return here == null || anywhere != null && anywhere.isAfter(here) ? anywhere : here;
  }

  /** Tells other hubs what this one has seen, and learns what they have. */
  @Scheduled(fixedDelay = 5_000)
  void share() {
    try {
      Instant now = clock.instant();
      // All hubs in one order, so that no two wait for each other.
      List<@Nullable Object[]> rows =
          Stream.concat(configured(), uses.keySet().stream())
              .distinct()
              .filter(this::isNews)
              .sorted(Comparator.comparing(Name::source).thenComparing(Name::fingerprint))
              .map(name -> row(name, now))
              .toList();
      if (!rows.isEmpty()) {
        jdbc.batchUpdate(WRITE, rows);
      }
      shared = read();
    } catch (DataAccessException e) {
      log.debug("The use of secrets is told to other hubs when the database is back", e);
    }
  }

  private Stream<Name> configured() {
    return secrets.bySource().entrySet().stream()
        .flatMap(
            source ->
                source.getValue().stream()
                    .map(secret -> new Name(source.getKey(), secret.fingerprint())));
  }

  private boolean isNews(Name name) {
    Life life = shared.get(name);
    Instant use = uses.get(name);
    return life == null
        || use != null && (life.lastUsed == null || use.isAfter(life.lastUsed.plusMillis(1)));
  }

  private @Nullable Object[] row(Name name, Instant now) {
    Instant use = uses.get(name);
    return new @Nullable Object[] {
      name.source, name.fingerprint, Times.utc(now), use == null ? null : Times.utc(use)
    };
  }

  private Map<Name, Life> read() {
    Map<Name, Life> lives = new HashMap<>();
    jdbc.query(
        READ,
        row -> {
          lives.put(
              new Name(row.getString("source"), row.getString("fingerprint")),
              new Life(
                  Times.instant(row, "first_seen_at"), Times.instantOrNull(row, "last_used_at")));
        });
    return Map.copyOf(lives);
  }

  private record Name(String source, String fingerprint) {}

  private record Life(Instant firstSeen, @Nullable Instant lastUsed) {}
}
