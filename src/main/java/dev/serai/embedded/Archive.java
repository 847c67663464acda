package dev.serai.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.springframework.util.FileSystemUtils;

/** Server binaries carried by the class path, unpacked once per version. */
final class Archive {

  static final String POSTGRES_VERSION = "17.11";
  static final String REDIS_VERSION = "7.0.15";

  private static final String OS = os();
  private static final String CPU =
      System.getProperty("os.arch", "").matches("amd64|x86_64") ? "amd64" : "arm64";

  private Archive() {}

  /** Unpacks PostgreSQL into the folder unless it is there; returns the folder with {@code bin}. */
  static Path postgres(Path binaries) throws IOException {
    String name = "postgres-%s-%s.txz".formatted(OS, CPU.equals("amd64") ? "x86_64" : "arm_64");
    return unpackOnce(binaries.resolve("postgres-" + POSTGRES_VERSION), name, Archive::untar);
  }

  /** Unpacks Redis into the folder unless it is there; returns the folder with the server. */
  static Path redis(Path binaries) throws IOException {
    return unpackOnce(
        binaries.resolve("redis-" + REDIS_VERSION),
        "redis-server-%s-%s-%s".formatted(REDIS_VERSION, OS, CPU),
        (in, folder) -> {
          Path server = folder.resolve("redis-server");
          Files.copy(in, server);
          makeExecutable(server);
        });
  }

  private static Path unpackOnce(Path target, String resource, Unpacking unpacking)
      throws IOException {
    if (Files.isDirectory(target)) {
      return target;
    }
    Files.createDirectories(target.getParent());
    // Unpacked beside its place and moved there whole: a hub killed half-way leaves nothing that
    // looks finished, and two hubs that share the folder can't disturb one another.
    Path scratch = Files.createTempDirectory(target.getParent(), "unpack");
    try (InputStream in = Archive.class.getResourceAsStream("/" + resource)) {
      if (in == null) {
        throw new EmbeddedServerException(
            "This build carries no %s. Set SERAI_DATABASE_URL and SERAI_REDIS_URL to servers of your own."
                .formatted(resource));
      }
      unpacking.unpack(in, scratch);
      makeReadable(scratch);
      Files.move(scratch, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException unpackedByAnother) {
      // An atomic move to a folder that is there has no exception of its own.
      if (!Files.isDirectory(target)) {
        throw unpackedByAnother;
      }
    } finally {
      FileSystemUtils.deleteRecursively(scratch);
    }
    return target;
  }

  private static void untar(InputStream in, Path folder) throws IOException {
    try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException("entry outside the archive's folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(file.getParent());
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(tar, file);
          if ((entry.getMode() & 0100) != 0) {
            makeExecutable(file);
          }
        }
      }
    }
  }

  private static void makeExecutable(Path file) throws IOException {
    if (!file.toFile().setExecutable(true, false)) {
      throw new IOException("can't make executable: " + file);
    }
  }

  private static void makeReadable(Path folder) throws IOException {
    if (!folder.toFile().setReadable(true, false) || !folder.toFile().setExecutable(true, false)) {
      throw new IOException("can't make readable: " + folder);
    }
  }

  private static String os() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "darwin" : name.startsWith("linux") ? "linux" : name;
  }

  private interface Unpacking {
    void unpack(InputStream in, Path folder) throws IOException;
  }
}
