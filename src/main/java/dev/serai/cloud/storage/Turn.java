package dev.serai.cloud.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The only one who changes what stands in a folder: of all hubs by the lock of a file, which the
 * system takes back from a hub that dies, and of the threads of this one by a lock of its own,
 * because a process can't lock a file against itself.
 */
final class Turn implements AutoCloseable {

  private static final String FILE = "~lock";
  private static final Map<Path, ReentrantLock> OURS = new ConcurrentHashMap<>();

  private final ReentrantLock ours;
  private final FileChannel file;

  private Turn(ReentrantLock ours, FileChannel file) {
    this.ours = ours;
    this.file = file;
  }

  static Turn in(Path folder) throws IOException {
    Files.createDirectories(folder);
    ReentrantLock ours = OURS.computeIfAbsent(folder.toRealPath(), path -> new ReentrantLock());
    ours.lock();
    FileChannel file = null;
    try {
      file =
          FileChannel.open(
              folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      file.lock();
      Turn turn = new Turn(ours, file);
      file = null;
      return turn;
    } catch (IOException | RuntimeException e) {
      if (file != null) {
        file.close();
      }
      ours.unlock();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      file.close();
    } finally {
      ours.unlock();
    }
  }
}
