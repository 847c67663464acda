package dev.serai.cloud.storage;

import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleHub;
import java.util.LinkedHashMap;
import java.util.Map;

/** A hub whose objects are in Cloud Storage, which is in this process and knows its account. */
public final class StorageHub {

  static final String[] BUCKETS = {"evidence", "exports", "assets", "archive", "backups"};
  private static final StorageFake FAKE = new StorageFake(GoogleHub.http(), true, BUCKETS);

  private StorageHub() {}

  private static final class Shared {
    private static final TestHub HUB = TestHub.start(settings());
  }

  /** One for all tests that need nothing special. */
  public static TestHub shared() {
    return Shared.HUB;
  }

  static StorageFake fake() {
    return FAKE;
  }

  /** Another bucket. */
  public static void add(String bucket) {
    FAKE.buckets.add(bucket);
  }

  /** For a hub of one's own. */
  public static Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>(GoogleHub.settings());
    all.put("serai.google.credentials", FAKE.identity.file(GoogleHub.http()).toString());
    all.put("serai.google.timeout", "5s");
    return all;
  }
}
