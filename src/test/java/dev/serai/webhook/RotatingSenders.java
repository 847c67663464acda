package dev.serai.webhook;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
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

  /** A source, its scheme, and its options in YAML beside these. */
  private record Sender(String source, String scheme, String old, String fresh, String options) {}

  private static final List<Sender> ALL =
      List.of(
          sender("stripe-v1", "whsec_rotate_%s", ""),
          new Sender(
              "rotate-standard-webhooks",
              "standard-webhooks",
              "v1,whsec_" + base64("the-old-secret-0123456789"),
              "v1,whsec_" + base64("the-new-secret-0123456789"),
              ""),
          sender("phonepe-v1", "%s:salt-of-this-index", ""),
          sender("phonepe-v2-sha", "hub_user:password%s", ""),
          sender("phonepe-v2-hmac", "key-%s:the-secret-of-a-key", ""),
          sender("shared-secret", "x-hub-secret:a-shared-secret-%s", ""),
          sender("hmac", "secret-of-any-%s", "signatureHeader: X-Signature"));

  private static final String ROUTE =
      """
      - route:
          id: %1$s
          from:
            uri: inbound
            parameters:
              source: %1$s
              scheme: %2$s
              type: "{/type|other}"
              key: hash
              %3$s
            steps:
              - to:
                  uri: event
      """;

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

  private static Sender sender(String scheme, String secret, String options) {
    return new Sender(
        "rotate-" + scheme, scheme, secret.formatted(1), secret.formatted(2), options);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<String> routes() {
    return ALL.stream()
        .map(sender -> ROUTE.formatted(sender.source, sender.scheme, sender.options))
        .toList();
  }

  List<String> names() {
    return ALL.stream().map(Sender::source).toList();
  }

  /** The hubs' settings with the secrets that these make of the old and the new one. */
  Map<String, String> settings(BinaryOperator<String> value) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Sender sender : ALL) {
      settings.put(SourceSecrets.property(sender.source), value.apply(sender.old, sender.fresh));
    }
    return settings;
  }

  /** What events show that either of a source's secrets has verified. */
  Map<String, List<String>> fingerprints() {
    Map<String, List<String>> both = new LinkedHashMap<>();
    for (Sender sender : ALL) {
      both.put(
          sender.source,
          List.of(
              new Secret(sender.old, null).fingerprint(),
              new Secret(sender.fresh, null).fingerprint()));
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
    Sender sender = ALL.get(place);
    while (!stop) {
      byte[] body = body(sender.scheme).getBytes(StandardCharsets.UTF_8);
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
        refusals.add(sender.source + ": " + e);
      }
      sent.incrementAndGet(place);
    }
  }

  private HttpResponse<String> send(Sender sender, byte[] body) throws Exception {
    return hubs.send(
        hub -> client.send(request(sender, body, hub), HttpResponse.BodyHandlers.ofString()));
  }

  private HttpRequest request(Sender sender, byte[] body, TestHub hub) {
    boolean fresh =
        secrets == Secrets.NEW
            || secrets == Secrets.EITHER && ThreadLocalRandom.current().nextBoolean();
    Scheme scheme = hub.bean(Door.class).source(sender.source).orElseThrow().scheme();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(hub.url() + "/webhooks/" + sender.source))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    scheme
        .sign(body, new Secret(fresh ? sender.fresh : sender.old, null), Instant.now())
        .forEach(request::header);
    return request.build();
  }

  /** A new event of the scheme's provider. */
  private static String body(String scheme) {
    String id = UUID.randomUUID().toString();
    return switch (scheme) {
      case "stripe-v1" -> "{\"id\":\"%s\",\"object\":\"event\",\"type\":\"t\"}".formatted(id);
      case "phonepe-v1" ->
          "{\"response\":\"%s\"}".formatted(base64("{\"code\":\"%s\"}".formatted(id)));
      case "phonepe-v2-sha", "phonepe-v2-hmac" ->
          "{\"event\":\"t\",\"payload\":{\"state\":\"COMPLETED\",\"id\":\"%s\"}}".formatted(id);
      case "shared-secret" ->
          "{\"type\":\"INSERT\",\"schema\":\"s\",\"table\":\"t\",\"record\":{\"id\":\"%s\"},\"old_record\":null}"
              .formatted(id);
      default -> "{\"type\":\"t\",\"id\":\"%s\"}".formatted(id);
    };
  }

  /** How each is answered that posts once, with these secrets. */
  List<Integer> once(Secrets with) throws Exception {
    sign(with);
    List<Integer> statuses = new ArrayList<>();
    for (Sender sender : ALL) {
      byte[] body = body(sender.scheme).getBytes(StandardCharsets.UTF_8);
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
