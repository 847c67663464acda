package dev.serai.cloud.storage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What {@link StorageFake} keeps. */
final class FakeBuckets {

  final Path folder;
  private final Map<String, NavigableMap<String, FakeObject>> buckets = new ConcurrentHashMap<>();
  volatile int mostOfAPage = 1_000;
  private long last;

  /** An answer that is no success. */
  static final class Refusal extends IOException {
    final int status;
    final String reason;

    Refusal(int status, String reason, String message) {
      super(message);
      this.status = status;
      this.reason = reason;
    }
  }

  FakeBuckets() {
    try {
      folder = Files.createTempDirectory("storage-fake");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  void add(String bucket) {
    buckets.putIfAbsent(
        bucket,
        new TreeMap<>(
            (a, b) ->
                Arrays.compareUnsigned(
                    a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8))));
  }

  void remove(String bucket) {
    buckets.remove(bucket);
  }

  NavigableMap<String, FakeObject> bucket(String name) throws Refusal {
    NavigableMap<String, FakeObject> found = buckets.get(name);
    if (found == null) {
      throw new Refusal(404, "notFound", "The specified bucket does not exist.");
    }
    return found;
  }

  synchronized @Nullable FakeObject find(String bucket, String name) throws Refusal {
    return bucket(bucket).get(name);
  }

  synchronized FakeObject get(String bucket, String name, @Nullable String generation)
      throws Refusal {
    FakeObject found = find(bucket, name);
    if (found == null || generation != null && !generation.equals("" + found.generation)) {
      throw new Refusal(404, "notFound", "No such object: %s/%s".formatted(bucket, name));
    }
    return found;
  }

  /** All at once, if it may be. */
  synchronized void commit(String bucket, FakeObject object, String crc32c) throws IOException {
    String name = object.said("name");
    precondition(bucket, name, object.onlyGeneration);
    if (!crc32c.isEmpty() && !crc32c.equals(object.checksum.toString())) {
      throw new Refusal(
          400,
          "invalid",
          "Provided CRC32C \"%s\" doesn't match calculated CRC32C \"%s\"."
              .formatted(crc32c, object.checksum));
    }
    last = Math.max(last + 1, ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
    object.generation = last;
    bucket(bucket).put(name, object);
  }

  synchronized void precondition(String bucket, String name, String generation) throws Refusal {
    FakeObject before = find(bucket, name);
    if (!generation.isEmpty()
        && !generation.equals(before == null ? "0" : "" + before.generation)) {
      throw new Refusal(
          412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
    }
  }

  synchronized void delete(String bucket, String name, String generation) throws IOException {
    get(bucket, name, null);
    precondition(bucket, name, generation);
    bucket(bucket).remove(name);
  }

  synchronized ObjectNode list(String bucket, Map<String, String> query) throws Refusal {
    String prefix = query.getOrDefault("prefix", "");
    String from = query.getOrDefault("startOffset", "");
    String after = query.getOrDefault("pageToken", "");
    int most = Math.min(mostOfAPage, Integer.parseInt(query.getOrDefault("maxResults", "1000")));
    ObjectNode page = FakeObject.JSON.createObjectNode();
    page.put("kind", "storage#objects");
    ArrayNode items = page.putArray("items");
    String reached = "";
    NavigableMap<String, FakeObject> rest =
        after.isEmpty() ? bucket(bucket).tailMap(from, true) : bucket(bucket).tailMap(after, false);
    for (Map.Entry<String, FakeObject> entry : rest.entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        continue;
      }
      if (items.size() == most) {
        page.put("nextPageToken", reached);
        break;
      }
      reached = entry.getKey();
      items.add(entry.getValue().resource(bucket));
    }
    return page;
  }
}
