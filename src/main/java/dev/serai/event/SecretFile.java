package dev.serai.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;

/** A file that only its owner reads, with one generated secret. */
public final class SecretFile {

  private SecretFile() {}

  /** The secret in the file; generated and written, whole or not at all, when there is none. */
  public static String readOrCreate(Path file, Supplier<String> generate) throws IOException {
    if (!Files.exists(file)) {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      var onlyOwner =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Path scratch = Files.createTempFile(folder, "new", ".secret", onlyOwner);
      Files.writeString(scratch, generate.get());
      Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }
}
