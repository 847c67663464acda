package dev.serai.backup;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says which backups of the bucket are the newest, and which may go, for the routes of jobs. */
public final class BackupKeeping {

  private final Clock clock;

  BackupKeeping(Clock clock) {
    this.clock = clock;
  }

  /**
   * Begins to look at the bucket.
   *
   * @param kind database or redis
   * @param daily of how many days the last backup stays, 1 or more
   * @param weekly of how many weeks, 0 or more
   */
  public FoundBackups begin(String kind, int daily, int weekly) {
    if (daily < 1 || weekly < 0) {
      throw new InvalidBackupKeepingException(daily, weekly);
    }
    return new FoundBackups(kind, daily, weekly, clock.instant());
  }

  /** These stay whatever their age is. */
  public void keep(FoundBackups found, String written, @Nullable String verified) {
    found.keep(written);
    if (verified != null) {
      found.keep(verified);
    }
  }

  /** Adds objects of the bucket; whether there are others. */
  public boolean add(FoundBackups found, Map<String, Object> page) {
    return found.add(page);
  }

  /** The objects of backups that go; what makes it a backup goes first. */
  public List<String> old(FoundBackups found) {
    return found.old();
  }

  /**
   * The newest backup, or the one of this name.
   *
   * @throws UnusableBackupException when there is none
   */
  public String one(FoundBackups found, @Nullable String name) {
    return found.one(name);
  }
}
