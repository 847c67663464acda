package dev.serai.cloud.storage;

import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import dev.serai.cloud.google.GoogleException;
import dev.serai.cloud.google.Integration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the buckets are there, and the account may do there what routes do. */
final class StorageIntegration implements Integration {

  private static final List<String> NEEDED =
      List.of(
          "storage.objects.create",
          "storage.objects.get",
          "storage.objects.list",
          "storage.objects.delete");

  private final GoogleObjects objects;
  private final GoogleStorage cloud;

  StorageIntegration(GoogleObjects objects, GoogleStorage cloud) {
    this.objects = objects;
    this.cloud = cloud;
  }

  @Override
  public String name() {
    return "storage";
  }

  /** It asks for permissions: who has none may ask for that, too. */
  @Override
  public void check() throws StorageUnusableException {
    Storage storage = cloud.client().storage();
    List<String> problems = new ArrayList<>();
    for (GoogleBucket bucket : objects.all()) {
      problem(storage, bucket).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new StorageUnusableException(String.join("; ", problems));
    }
  }

  private static Optional<String> problem(Storage storage, GoogleBucket bucket) {
    try {
      List<Boolean> granted = storage.testIamPermissions(bucket.outside(), NEEDED);
      List<String> lacking = new ArrayList<>();
      for (int i = 0; i < NEEDED.size(); i++) {
        if (!granted.get(i)) {
          lacking.add(NEEDED.get(i));
        }
      }
      return lacking.isEmpty()
          ? Optional.empty()
          : Optional.of(bucket.failure().lacking(String.join(", ", lacking)));
    } catch (StorageException | GoogleException e) {
      return Optional.of(bucket.failure().text(e, "storage.objects.get"));
    }
  }

  /** What is wrong with which buckets. */
  static final class StorageUnusableException extends Exception {
    StorageUnusableException(String message) {
      super(message);
    }
  }
}
