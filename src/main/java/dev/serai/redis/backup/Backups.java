package dev.serai.redis.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.redis.Keys;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes keys into a file while others go on writing them: each group of keys as it was at one
 * moment, value and expiry together, and nothing held in memory but that group.
 */
public final class Backups {

  /** Keys of one moment: few, because Redis does nothing else meanwhile. */
  private static final int GROUP = 100;

  /** Keys that are read at once when all are to be of one moment: some tens of milliseconds. */
  static final int MOST_AT_ONCE = 10_000;

  private static final long FOREVER = -1;
  private static final byte[] READ_ALL = ScriptText.of("backup-all").getBytes(UTF_8);
  private static final byte[] READ = ScriptText.of("backup-read").getBytes(UTF_8);
  private static final Pattern VERSION = Pattern.compile("redis_version:(\\S+)");

  private final RawRedis redis;
  private final Keys keys;
  private final Clock clock;

  Backups(RawRedis redis, Keys keys, Clock clock) {
    this.redis = redis;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Which keys a pattern, or a workspace, stands for.
   *
   * @throws InvalidBackupException unless one of them is given
   */
  public Selection selection(@Nullable String pattern, @Nullable String workspace) {
    if ((pattern == null) == (workspace == null)) {
      throw new InvalidBackupException(
          "pattern", "or 'workspace' must be given, and not both; pattern * is for all keys");
    }
    if (pattern != null) {
      return new Selection(KeyPattern.check(pattern), null);
    }
    String tenant = WorkspaceKeys.check(String.valueOf(workspace));
    return new Selection("*:" + KeyPattern.literal(tenant) + "*", tenant);
  }

  /**
   * Begins a backup.
   *
   * @throws io.lettuce.core.RedisException when Redis can't be reached
   */
  public Running begin(Selection selection) {
    return new Running(selection, redis.connect());
  }

  /** Which keys. */
  public record Selection(String pattern, @Nullable String workspace) {
    boolean has(String key) {
      return workspace == null || WorkspaceKeys.isOf(key, workspace);
    }
  }

  /** A backup that Redis can be read for. */
  public final class Running implements AutoCloseable {
    private final Selection selection;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    private Running(Selection selection, StatefulRedisConnection<byte[], byte[]> connection) {
      this.selection = selection;
      this.connection = connection;
    }

    /**
     * Writes all as they are at one moment, in which Redis does nothing else; returns how many
     * keys.
     *
     * @throws InvalidBackupException when there are more than 10,000; nothing is written then
     */
    public long writeAtOnce(OutputStream out) throws IOException {
      List<Object> read =
          connection
              .sync()
              .eval(
                  READ_ALL,
                  ScriptOutputType.MULTI,
                  new byte[0][],
                  (keys.prefix() + selection.pattern()).getBytes(UTF_8),
                  Integer.toString(MOST_AT_ONCE).getBytes(UTF_8));
      if (read.size() == 1 && !(read.getFirst() instanceof List)) {
        throw new InvalidBackupException(
            "at_once",
            "is true, and there are more than %s keys; take a narrower pattern, or leave it out"
                .formatted(MOST_AT_ONCE));
      }
      BackupWriter writer = head(out);
      for (Object one : read) {
        List<?> parts = (List<?>) one;
        byte[] name = (byte[]) parts.getFirst();
        if (selection.has(behindPrefix(name))) {
          writer.key(row(name, parts.subList(1, parts.size())).orElseThrow());
        }
      }
      return writer.end();
    }

    private BackupWriter head(OutputStream out) throws IOException {
      BackupWriter writer = new BackupWriter(out);
      Matcher version = VERSION.matcher(connection.sync().info("server"));
      writer.head(
          BackupRow.head(
              version.find() ? version.group(1) : "",
              selection.pattern(),
              clock.instant().toString()));
      return writer;
    }

    /** Writes all; returns how many keys. A key may be there twice: then the later one counts. */
    public long write(OutputStream out) throws IOException {
      BackupSteps steps = steps(out);
      boolean more;
      do {
        more = steps.next();
      } while (more);
      return steps.end();
    }

    /** The same, some hundred keys at a time. */
    BackupSteps steps(OutputStream out) throws IOException {
      return new BackupSteps(this, head(out));
    }

    /** Writes the next keys; returns where the others begin. */
    KeyScanCursor<byte[]> page(ScanCursor from, BackupWriter writer) throws IOException {
      ScanArgs args =
          ScanArgs.Builder.limit(GROUP)
              .match(KeyPattern.literal(keys.prefix()) + selection.pattern());
      KeyScanCursor<byte[]> found = connection.sync().scan(from, args);
      for (int i = 0; i < found.getKeys().size(); i += GROUP) {
        int end = Math.min(found.getKeys().size(), i + GROUP);
        group(found.getKeys().subList(i, end), writer);
      }
      return found;
    }

    /** Keys of this database, also those of others. */
    long about() {
      return connection.sync().dbsize();
    }

    private void group(List<byte[]> names, BackupWriter writer) throws IOException {
      byte[][] wanted =
          names.stream().filter(name -> selection.has(behindPrefix(name))).toArray(byte[][]::new);
      if (wanted.length == 0) {
        return;
      }
      List<Object> read = connection.sync().eval(READ, ScriptOutputType.MULTI, wanted);
      for (int i = 0; i < wanted.length; i++) {
        Optional<BackupRow> row = row(wanted[i], (List<?>) read.get(i));
        if (row.isPresent()) {
          writer.key(row.get());
        }
      }
    }

    /** Nothing, when it was gone again. */
    private Optional<BackupRow> row(byte[] name, List<?> read) {
      if (read.size() < 3) {
        return Optional.empty();
      }
      long expiresAt = Long.parseLong(text(read.get(1)));
      return Optional.of(
          BackupRow.of(
              behindPrefix(name),
              text(read.get(0)),
              expiresAt == FOREVER ? null : expiresAt,
              (byte[]) read.get(2)));
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  private static String text(Object reply) {
    return reply instanceof byte[] bytes ? new String(bytes, UTF_8) : String.valueOf(reply);
  }

  private String behindPrefix(byte[] name) {
    int prefix = keys.prefix().getBytes(UTF_8).length;
    return new String(Arrays.copyOfRange(name, prefix, name.length), UTF_8);
  }
}
