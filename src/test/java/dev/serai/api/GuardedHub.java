package dev.serai.api;

import dev.serai.Api;
import dev.serai.TestHub;
import java.util.Map;

/** A hub beside the shared one that lets through little. */
final class GuardedHub {

  /** The page that may call it. */
  static final String ORIGIN = "https://console.example.com";

  static final int BURST = 20;
  static final int FAILURES = 5;

  private static final String KEYS =
      "first:viewer:sk_0123456789abcdef_1, second:viewer:sk_0123456789abcdef_2,"
          + " third:operator:sk_0123456789abcdef_3, fourth:viewer:sk_0123456789abcdef_4";

  private GuardedHub() {}

  private static final class Shared {
    private static final TestHub HUB =
        TestHub.shared()
            .another(
                Map.of(
                    "serai.api.keys",
                    KEYS,
                    "serai.api.rate",
                    "1",
                    "serai.api.burst",
                    Integer.toString(BURST),
                    "serai.api.failures",
                    Integer.toString(FAILURES),
                    "serai.api.cors-origins",
                    ORIGIN + ",https://other.example.com:8443"));
  }

  static TestHub shared() {
    return Shared.HUB;
  }

  /** The hub with the key of this place in its list, the first is 1. */
  static Api as(int place) {
    return new Api(shared().url(), key(place));
  }

  static String key(int place) {
    return "sk_0123456789abcdef_" + place;
  }
}
