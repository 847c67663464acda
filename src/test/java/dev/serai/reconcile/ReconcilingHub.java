package dev.serai.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.phonepe.PhonePeApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A hub with a database of its own that asks providers which are servers of the tests. */
final class ReconcilingHub {

  /** Held by the tests that use it: they take turns. */
  static final String TURN = "reconciling hub";

  /** Only those runs that a test asks for. */
  private static final String ON_REQUEST = "0 0 29 2 *";

  private static final String PHONEPE_USER = "hub_user:a0password";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestHub hub;
  private final StripeList stripe;
  private final SupabaseRest supabase;
  private final PhonePeApi phonePe;

  private ReconcilingHub(Map<String, String> settings) {
    try {
      this.stripe = new StripeList();
      this.supabase = new SupabaseRest();
      this.phonePe = PhonePeApi.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Map<String, String> all = new HashMap<>(settings());
    all.putAll(settings);
    this.hub = TestHub.start(all);
  }

  private static final class Shared {
    private static final ReconcilingHub HUB = new ReconcilingHub(Map.of());
  }

  /** The one of all tests; nothing has been looked at, and the providers have nothing. */
  static ReconcilingHub emptied() {
    ReconcilingHub shared = Shared.HUB;
    shared.hub.database().sql("delete from serai.reconciliation").update();
    shared.stripe.empty();
    shared.supabase.empty();
    return shared;
  }

  private Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("serai.jobs.reconcile-stripe", ON_REQUEST),
        Map.entry("serai.jobs.reconcile-supabase", ON_REQUEST),
        Map.entry("serai.jobs.reconcile-phonepe", ON_REQUEST),
        Map.entry("serai.stripe.api-url", stripe.url()),
        Map.entry("serai.stripe.api-key", StripeList.KEY),
        Map.entry("serai.stripe.timeout", "1s"),
        Map.entry("serai.supabase.url", supabase.url()),
        Map.entry("serai.supabase.service-key", SupabaseRest.KEY),
        Map.entry("serai.supabase.timeout", "1s"),
        Map.entry("serai.supabase.tables", "public.moves"),
        Map.entry("SERAI_PHONEPE_SECRETS", PHONEPE_USER),
        Map.entry("serai.phonepe.api-url", phonePe.url("pg")),
        Map.entry("serai.phonepe.identity-url", phonePe.url("identity")),
        Map.entry("serai.phonepe.client-id", PhonePeApi.CLIENT),
        Map.entry("serai.phonepe.client-secret", PhonePeApi.SECRET),
        Map.entry("serai.phonepe.timeout", "1s"),
        Map.entry("serai.phonepe.rate", "500"));
  }

  /** Another hub on the same database, with other settings. */
  TestHub another(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings());
    all.putAll(settings);
    return hub.another(all);
  }

  TestHub hub() {
    return hub;
  }

  StripeList stripe() {
    return stripe;
  }

  SupabaseRest supabase() {
    return supabase;
  }

  PhonePeApi phonePe() {
    return phonePe;
  }

  TestLog log() {
    return TestLog.of(hub);
  }

  /** Begins a run of a job; returns its event. */
  UUID begin(String job, String parameters) {
    String key = UUID.randomUUID().toString();
    String body =
        "{\"job\":\"%s\",\"slot\":\"%s\",\"kind\":\"manual\",\"parameters\":%s}"
            .formatted(job, Instant.now(), parameters);
    return log().append(TestLog.event("job", "job." + job, key, null, body, null)).id();
  }

  /** A whole run; returns what it tells. */
  String run(String job, String parameters) {
    return ended(begin(job, parameters), job);
  }

  void awaitEnd(UUID run, String job) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> !List.of("ready", "running").contains(log().delivery(run, "job-" + job).state()));
  }

  /** What a run tells when it has ended well. */
  String ended(UUID run, String job) {
    awaitEnd(run, job);
    TestLog.Delivery ended = log().delivery(run, "job-" + job);
    if (!ended.state().equals("done")) {
      throw new AssertionError(ended + " after " + log().attempts(run, "job-" + job));
    }
    return String.valueOf(ended.result());
  }

  /** The first failed attempt of a run. */
  TestLog.FailedAttempt failed(UUID run, String job) {
    await().atMost(PATIENCE).until(() -> !log().attempts(run, "job-" + job).isEmpty());
    return log().attempts(run, "job-" + job).getFirst();
  }

  /** Makes the next attempt due, as if time had passed. */
  void later(UUID run) {
    hub.database()
        .sql("update serai.delivery set due_at = now() where event_id = ? and state = 'ready'")
        .param(run)
        .update();
  }

  /** A webhook of the form SHA. */
  void postAsPhonePe(String body) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(PHONEPE_USER.getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(hub.url() + "/webhooks/phonepe"))
            .header("Content-Type", "application/json")
            .header("Authorization", HexFormat.of().formatHex(hash))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  /** How many events a source has of a type, and how many of these were recovered. */
  List<Long> counts(String type) {
    return hub.database()
        .sql(
            """
            select count(*), count(*) filter (where verified_by like 'recovered:%')
            from serai.event where type = ?
            """)
        .param(type)
        .query((row, number) -> List.of(row.getLong(1), row.getLong(2)))
        .single();
  }

  /** Up to when something has been looked at; empty, if it never was. */
  List<String> reached(String name) {
    return hub.database()
        .sql(
            "select to_json(until at time zone 'UTC') #>> '{}' || 'Z' from serai.reconciliation"
                + " where name = ?")
        .param(name)
        .query(String.class)
        .list();
  }
}
