package dev.serai.cloud.google;

import java.util.LinkedHashMap;
import java.util.Map;

/** Cloud Tasks and the keys of its tokens, beside the other services of {@link GoogleHub}. */
public final class GoogleTasks {

  private static final GoogleTokens TOKENS = new GoogleTokens();
  private static final TasksFake FAKE = new TasksFake(TOKENS);
  private static final String KEYS = "/oauth2/v3/certs";

  static {
    GoogleHub.grpc().serve(FAKE);
    GoogleHub.http().serve(KEYS, TOKENS::keys);
  }

  private GoogleTasks() {}

  public static TasksFake service() {
    return FAKE;
  }

  public static GoogleTokens tokens() {
    return TOKENS;
  }

  /** Where the keys are. */
  public static String keys() {
    return GoogleHub.http().url() + KEYS;
  }

  /** What makes a hub use them. */
  public static Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>(GoogleHub.settings());
    all.put("serai.tasks.location", "asia-south1");
    all.put("serai.tasks.service-account", GoogleTokens.ACCOUNT);
    all.put("serai.webhooks.google-oidc.keys", keys());
    return all;
  }
}
