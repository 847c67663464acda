package dev.serai.webhook;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BinaryOperator;

/** One sender for each scheme, that post without a pause until they are stopped. */
final class RotatingSenders implements AutoCloseable {

  /** Which of its two a sender signs with. */
  enum Secrets {
    OLD,
    EITHER,
    NEW
  }

  private static final List<RotatingSender> ALL = RotatingSender.ALL;

  private final RotatingHubs hubs;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicIntegerArray sent = new AtomicIntegerArray(ALL.size());
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile Secrets secrets = Secrets.OLD;
  private volatile boolean stop;

  RotatingSenders(RotatingHubs hubs) {
    this.hubs = hubs;
  }

  List<String> names() {
    return ALL.stream().map(RotatingSender::source).toList();
  }

  /** The hubs' settings with the secrets that these make of the old and the new one. */
  Map<String, String> settings(BinaryOperator<String> value) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (RotatingSender sender : ALL) {
      settings.put(
          SourceSecrets.property(sender.source()), value.apply(sender.old(), sender.fresh()));
    }
    return settings;
  }

  /** What events show that either of a source's secrets has verified. */
  Map<String, List<String>> fingerprints() {
    Map<String, List<String>> both = new LinkedHashMap<>();
    for (RotatingSender sender : ALL) {
      both.put(
          sender.source(),
          List.of(
              new Secret(sender.old(), null).fingerprint(),
              new Secret(sender.fresh(), null).fingerprint()));
    }
    return both;
  }

  void start() {
    for (int i = 0; i < ALL.size(); i++) {
      int place = i;
      threads.add(Thread.ofVirtual().start(() -> post(place)));
    }
  }

  void sign(Secrets with) {
    secrets = with;
  }

  /** Waits until each has had some answers more. */
  void awaitProgress() {
    awaitMore(10);
  }

  /** Waits until no request is under way that was signed as before. */
  void awaitSettled() {
    awaitMore(2);
  }

  private void awaitMore(int count) {
    int[] before = counts();
    await()
        .until(
            () -> {
              int[] now = counts();
              for (int i = 0; i < now.length; i++) {
                if (now[i] < before[i] + count) {
                  return false;
                }
              }
              return true;
            });
  }

  private int[] counts() {
    int[] counts = new int[sent.length()];
    Arrays.setAll(counts, sent::get);
    return counts;
  }

  private void post(int place) {
    RotatingSender sender = ALL.get(place);
    while (!stop) {
      byte[] body = sender.body();
      try {
        HttpResponse<String> answer = send(sender, body);
        // A machine with too much to do says so; who is told to come again comes again.
        while (answer.statusCode() == 503 && answer.body().contains("\"cause\":\"storage\"")) {
          answer = send(sender, body);
        }
        if (answer.statusCode() == 200) {
          acknowledged.add(new ObjectMapper().readTree(answer.body()).path("id").asText());
        } else {
          refusals.add(answer.body());
        }
      } catch (Exception e) {
        refusals.add(sender.source() + ": " + e);
      }
      sent.incrementAndGet(place);
    }
  }

  private HttpResponse<String> send(RotatingSender sender, byte[] body) throws Exception {
    boolean fresh =
        secrets == Secrets.NEW
            || secrets == Secrets.EITHER && ThreadLocalRandom.current().nextBoolean();
    return hubs.send(
        hub -> client.send(sender.request(body, fresh, hub), HttpResponse.BodyHandlers.ofString()));
  }

  /** How each is answered that posts once, with these secrets. */
  List<Integer> once(Secrets with) throws Exception {
    sign(with);
    List<Integer> statuses = new ArrayList<>();
    for (RotatingSender sender : ALL) {
      byte[] body = sender.body();
      statuses.add(send(sender, body).statusCode());
    }
    return statuses;
  }

  List<String> acknowledged() {
    return List.copyOf(acknowledged);
  }

  List<String> refusals() {
    return List.copyOf(refusals);
  }

  void stop() throws InterruptedException {
    stop = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Override
  public void close() throws InterruptedException {
    stop();
    client.close();
  }
}
