package dev.serai.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder a hub keeps its files in, held by one hub at a time.
 *
 * <p>The lock is an operating system lock, so it is gone the moment its process is, however it
 * ended; the process id written into the file only serves the message for the second hub.
 */
final class DataDirectory implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Creates the folder if it is missing and takes its lock.
   *
   * @throws DataDirectoryInUseException when another hub holds it
   */
  static DataDirectory lock(Path path) throws IOException {
    Path folder = Files.createDirectories(path.toAbsolutePath().normalize());
    Path file = folder.resolve("hub.lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    @Nullable FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      throw new DataDirectoryInUseException(folder, Files.readString(file).strip());
    }
    // Through the locked channel: closing another one of the same file would give the lock away.
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
    channel.force(false);
    return new DataDirectory(folder, channel, lock);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
