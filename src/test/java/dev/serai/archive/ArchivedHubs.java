package dev.serai.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import dev.serai.job.TestRuns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A hub that archives, and one with another, empty database that gets what was archived. */
record ArchivedHubs(TestHub old, TestHub fresh) implements AutoCloseable {

  /** The long form takes its time. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final int MOST_TRIES = 10;

  private static final ObjectMapper JSON = new ObjectMapper();

  static ArchivedHubs start(Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("serai.archive.types", "*");
    all.put("serai.archive.within", "200ms");
    TestHub old = TestHub.start(all);
    return new ArchivedHubs(old, TestHub.start(settings));
  }

  /** Posts so many events, each about a customer, and returns their bodies. */
  static List<String> post(TestHub hub, String mark, int count) throws Exception {
    StripeSender sender = StripeSender.to(hub);
    List<String> bodies =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    StripeSender.event(
                        "evt_%s_%s".formatted(mark, i),
                        "customer.updated",
                        "{\"id\":\"cus_%s_%s\",\"object\":\"customer\",\"name\":\"Ünïcode %s\"}"
                            .formatted(mark, i % 100, i)))
            .toList();
    try (ExecutorService senders = Executors.newFixedThreadPool(16)) {
      List<Callable<Integer>> posts = new ArrayList<>();
      bodies.forEach(body -> posts.add(() -> posted(sender, body)));
      for (Future<Integer> post : senders.invokeAll(posts)) {
        assertThat(post.get()).isEqualTo(200);
      }
    }
    return bodies;
  }

  /** As a provider does, it sends again what a busy hub has not taken. */
  private static int posted(StripeSender sender, String body) throws Exception {
    int status = 503;
    for (int i = 0; i < MOST_TRIES && status == 503; i++) {
      status = sender.post(body).statusCode();
    }
    return status;
  }

  /** Waits until all that the hub has taken is in its archive. */
  static void awaitArchived(TestHub hub) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                hub.database()
                        .sql(
                            """
                            select count(*) from serai.delivery d join serai.subscription s
                              on s.id = d.subscription_id
                            where d.open and s.name = 'sink-archive-webhooks'
                            """)
                        .query(Long.class)
                        .single()
                    == 0);
  }

  static Path bucket(TestHub hub) {
    return hub.data().resolve("objects").resolve("archive");
  }

  /** The files of objects, without what is beside them. */
  static List<Path> objects(TestHub hub) throws IOException {
    try (Stream<Path> files = Files.walk(bucket(hub))) {
      return files
          .filter(file -> file.toString().matches(".*\\.ndjson\\.gz~\\d+"))
          .sorted()
          .toList();
    }
  }

  /** Gives the fresh hub the events in the archive of the old one, and nothing else. */
  void moveArchive() throws IOException {
    move("webhooks");
  }

  /** Also what the old one has forgotten. */
  void moveErasures() throws IOException {
    move("erasures");
  }

  private void move(String folder) throws IOException {
    Path from = bucket(old).resolve(folder);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path to = bucket(fresh).resolve(bucket(old).relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  /** All lines of all objects. */
  static String contents(TestHub hub) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path object : objects(hub)) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(object))) {
        all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  /** Hex of SHA-256. */
  static String hash(String text) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** The result of a run of a job. */
  static JsonNode run(TestHub hub, String job, Map<String, ?> parameters) throws IOException {
    TestRuns runs = TestRuns.of(hub);
    UUID run = runs.begin(job, parameters);
    await()
        .atMost(PATIENCE)
        .until(() -> !List.of("ready", "running").contains(runs.find(run).state()));
    return JSON.readTree(runs.done(run).result());
  }

  @Override
  public void close() {
    old.close();
    fresh.close();
  }
}
