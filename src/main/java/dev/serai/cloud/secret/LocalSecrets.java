package dev.serai.cloud.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Secrets in files that only their owner reads, below the data directory: {@code <name>} is the
 * latest version, {@code <name>@<number>} any other. A property stands in for a file that is not
 * there.
 */
final class LocalSecrets implements SecretStore {

  private static final String PROPERTY = "serai.local-secrets.";
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path folder;
  private final Environment environment;

  LocalSecrets(Path folder, Environment environment) {
    this.folder = folder;
    this.environment = environment;
  }

  @Override
  public @Nullable String read(String name, String version) {
    boolean latest = version.equals(SecretGet.LATEST);
    String value = file(folder.resolve(latest ? name : name + "@" + version));
    if (value == null && latest) {
      String property = environment.getProperty(PROPERTY + name);
      value = property == null ? file(newest(name)) : property;
    }
    return value;
  }

  /** The file with the highest number. */
  private @Nullable Path newest(String name) {
    Pattern numbered = Pattern.compile(Pattern.quote(name) + "@(\\d{1,18})");
    @Nullable Path newest = null;
    long highest = -1;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher number = numbered.matcher(file.getFileName().toString());
        if (number.matches() && Long.parseLong(number.group(1)) > highest) {
          highest = Long.parseLong(number.group(1));
          newest = file;
        }
      }
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new SecretException("Folder %s can't be listed".formatted(folder), e);
    }
    return newest;
  }

  private static @Nullable String file(@Nullable Path file) {
    if (file == null) {
      return null;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (!OWNERS.containsAll(permissions)) {
        throw new SecretException(
            "Secret file %s may be read by others (%s); chmod 600 it"
                .formatted(file, PosixFilePermissions.toString(permissions)),
            null);
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      // Editors and echo end a file with a line break, which is no part of the secret.
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new SecretException("Secret file %s can't be read".formatted(file), e);
    }
  }

  @Override
  public String described(String name, String version) {
    if (!version.equals(SecretGet.LATEST)) {
      return "the file %s@%s".formatted(folder.resolve(name), version);
    }
    String variable = (PROPERTY + name).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    return "the file %s, the property %s%s (%s) and files %s@<number>"
        .formatted(folder.resolve(name), PROPERTY, name, variable, folder.resolve(name));
  }
}
