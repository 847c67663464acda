package dev.serai.cloud.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the warehouse: opened when it is needed, closed when nobody has needed it for a
 * while, so that an operator can open it, too. Nothing here may read the file itself: closing it
 * would give up the lock that DuckDB has on it (POSIX).
 */
public final class Warehouse implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Warehouse.class);

  private final DuckDb duck;
  private final Tables tables;
  private final Duration idle;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile @Nullable Connection anchor;
  private volatile @Nullable String problem;
  private volatile long usedAt = System.nanoTime();

  Warehouse(DuckDb duck, Tables tables, Duration idle) {
    this.duck = duck;
    this.tables = tables;
    this.idle = idle;
  }

  /**
   * Does something with a connection of its own.
   *
   * @throws WarehouseException if the file can't be used
   */
  <T> T with(Work<T> work) throws WarehouseException, InterruptedException {
    lock.readLock().lockInterruptibly();
    try {
      while (anchor == null) {
        lock.readLock().unlock();
        try {
          open();
        } finally {
          lock.readLock().lock();
        }
      }
      try (Connection connection = duck.connect()) {
        T result = work.with(connection, tables);
        problem = null;
        return result;
      }
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      usedAt = System.nanoTime();
      lock.readLock().unlock();
    }
  }

  /** Whatever it was, the next use opens the file anew: some failures leave DuckDB unusable. */
  private WarehouseException failed(SQLException e) {
    WarehouseException failure = WarehouseException.of(duck.file(), e);
    problem = failure.getMessage();
    CompletableFuture.runAsync(this::close);
    return failure;
  }

  private void open() throws WarehouseException {
    lock.writeLock().lock();
    try {
      if (anchor != null) {
        return;
      }
      Files.createDirectories(duck.file().getParent());
      Connection opened = duck.connect();
      tables.opened(opened);
      anchor = opened;
      usedAt = System.nanoTime();
      closeWhenIdle(idle.toNanos());
    } catch (IOException e) {
      WarehouseException failure =
          new WarehouseException(
              "The folder of the warehouse %s can't be made: %s. The hub's user must be able to write it"
                  .formatted(duck.file().getParent(), e),
              e);
      problem = failure.getMessage();
      throw failure;
    } catch (SQLException e) {
      WarehouseException failure = WarehouseException.of(duck.file(), e);
      problem = failure.getMessage();
      throw failure;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void closeWhenIdle(long nanos) {
    CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS)
        .execute(
            () -> {
              long left = idle.toNanos() - (System.nanoTime() - usedAt);
              if (left > 0) {
                closeWhenIdle(left);
              } else {
                close();
              }
            });
  }

  /** Writes what is in its log into the file, and lets others have it; the next use opens it. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try (Connection closing = anchor) {
      anchor = null;
    } catch (SQLException e) {
      log.warn("{}", WarehouseException.of(duck.file(), e).getMessage());
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The file. */
  public Path file() {
    return duck.file();
  }

  /** Why it could not be used the last time; null if it could, or nobody has tried. */
  public @Nullable String problem() {
    return problem;
  }

  /** Whether this hub has it open. */
  public boolean isOpen() {
    return anchor != null;
  }

  /** What is done with a connection. */
  interface Work<T> {
    T with(Connection connection, Tables tables) throws SQLException, WarehouseException;
  }
}
