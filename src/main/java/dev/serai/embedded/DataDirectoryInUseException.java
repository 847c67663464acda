package dev.serai.embedded;

import java.nio.file.Path;

/** Another running hub holds the data directory. */
public final class DataDirectoryInUseException extends RuntimeException {

  DataDirectoryInUseException(Path folder, String holder) {
    super(
        "The data directory %s is in use by another hub (process %s). Stop that hub, or give this one its own folder with SERAI_DATA_DIR."
            .formatted(folder, holder.isEmpty() ? "unknown" : holder));
  }
}
