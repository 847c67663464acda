package dev.serai.flag;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * All flags, in memory, for the API and, by the name {@code flags}, for routes. A change is seen by
 * every hub at once by a message over Redis; while Redis is away, within half a second by a look at
 * the database. A hub that reaches neither goes on with what it knows.
 */
public final class Flags implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Flags.class);
  private static final Duration SELDOM = Duration.ofSeconds(5);
  private static final Duration OFTEN = Duration.ofMillis(500);

  private final FlagRows rows;
  private final FlagNews news;
  private volatile Map<String, Flag> known = Map.of();
  private volatile long version = -1;
  private volatile long lookedAt;

  Flags(FlagRows rows, FlagNews news) {
    this.rows = rows;
    this.news = news;
    reload();
  }

  /**
   * Whether a flag is on for a user; off, if there is none. For routes.
   *
   * @param user whose it is; null or empty for nobody in particular
   */
  public boolean isOn(String flag, @Nullable String user) {
    return isOn(flag, user, null, false);
  }

  /** The same for a user of a workspace. */
  public boolean isOn(String flag, @Nullable String user, @Nullable String workspace) {
    return isOn(flag, user, workspace, false);
  }

  /**
   * The same.
   *
   * @param otherwise what counts where there is no such flag
   */
  public boolean isOn(
      String flag, @Nullable String user, @Nullable String workspace, boolean otherwise) {
    FlagAnswer answer = evaluate(flag, user, workspace);
    return answer.reason() == FlagAnswer.Reason.UNKNOWN ? otherwise : answer.on();
  }

  /** Whether a flag is on, and why. It asks nobody. */
  public FlagAnswer evaluate(String flag, @Nullable String user, @Nullable String workspace) {
    Flag found = known.get(flag);
    return found == null
        ? new FlagAnswer(false, FlagAnswer.Reason.UNKNOWN)
        : found.evaluate(named(user), named(workspace));
  }

  private static @Nullable String named(@Nullable String id) {
    return id == null || id.isEmpty() ? null : id;
  }

  public List<Flag> all() {
    return known.values().stream().sorted(Comparator.comparing(Flag::name)).toList();
  }

  public Optional<Flag> find(String name) {
    return Optional.ofNullable(known.get(name));
  }

  /** Makes or replaces a flag; this hub knows it when this returns. */
  public void put(Flag flag) {
    rows.put(flag);
    reload();
    news.tell();
  }

  /** Returns whether there was one. */
  public boolean delete(String name) {
    boolean deleted = rows.delete(name);
    reload();
    news.tell();
    return deleted;
  }

  /** Looks whether there is something new, if somebody said so or it is time. */
  @Scheduled(fixedDelay = 100)
  void look() {
    news.listen();
    long since = System.nanoTime() - lookedAt;
    Duration pause = news.isListening() ? SELDOM : OFTEN;
    if (!news.takeHeard() && since < pause.toNanos()) {
      return;
    }
    lookedAt = System.nanoTime();
    try {
      if (rows.version() != version) {
        reload();
      }
    } catch (DataAccessException e) {
      log.debug("Flags stay as they are: {}", e.getMessage());
    }
  }

  /** The version first: what comes between is then loaded again. */
  private synchronized void reload() {
    long latest = rows.version();
    known = rows.all();
    version = latest;
  }

  @Override
  public void close() {
    news.close();
  }
}
