package dev.serai.cloud.google;

import dev.serai.TestHub;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A hub with serai.cloud=gcp whose services are in this process: Google's own clients speak their
 * real protocols to it, and it can fail on demand.
 */
public final class GoogleHub {

  /** Id of the project. */
  public static final String PROJECT = "acme-test-1";

  private static final HttpFake HTTP = new HttpFake();
  private static final GrpcFake GRPC = new GrpcFake();

  private GoogleHub() {}

  private static final class Shared {
    private static final TestHub HUB = TestHub.start(settings());
  }

  /** One for all tests that need nothing special; it ends with the process. */
  public static TestHub shared() {
    return Shared.HUB;
  }

  /** Storage, BigQuery, and keys of identity tokens. */
  public static HttpFake http() {
    return HTTP;
  }

  /** Pub/Sub, Cloud Tasks and Secret Manager. */
  public static GrpcFake grpc() {
    return GRPC;
  }

  /** Settings whose services of HTTP are all at an address, without a hub. */
  public static GoogleSettings settings(
      String project, String credentials, String url, Duration timeout) {
    return new GoogleSettings(
        project, credentials, url, url, "", "", "", timeout, Duration.ofMinutes(1));
  }

  /** Likewise, who uses them. */
  public static GoogleAccount account(
      String project, String credentials, String url, Duration timeout) {
    return new GoogleAccount(settings(project, credentials, url, timeout));
  }

  /** Has a hub ask all services now; it would within a minute. */
  public static void check(TestHub hub) throws InterruptedException {
    hub.bean(Integrations.class).check();
  }

  /** What makes a hub use them; for one with settings of its own. */
  public static Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("serai.cloud", "gcp");
    all.put("serai.google.project", PROJECT);
    all.put("serai.google.storage-endpoint", HTTP.url());
    all.put("serai.google.bigquery-endpoint", HTTP.url());
    all.put("serai.google.pubsub-endpoint", GRPC.url());
    all.put("serai.google.tasks-endpoint", GRPC.url());
    all.put("serai.google.secrets-endpoint", GRPC.url());
    all.put("serai.google.check-every", "10s");
    all.put("serai.metrics.endpoint", HTTP.url() + "/v1/metrics");
    all.put("serai.metrics.headers", "X-Test: metrics");
    all.put("serai.metrics.every", "1s");
    return all;
  }
}
