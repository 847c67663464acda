package dev.serai.webhook;

import dev.serai.TestHub;
import java.util.Map;

/** A hub beside the shared one, set as in production, that takes live events only. */
public final class ProdHub {

  /** A source that nobody gave a secret. */
  public static final String WITHOUT_SECRET = "unconfigured";

  private ProdHub() {}

  private static final class Shared {
    private static final TestHub HUB = start();
  }

  public static TestHub shared() {
    return Shared.HUB;
  }

  private static TestHub start() {
    TestHub hub =
        TestHub.shared().another(Map.of("serai.env", "prod", "serai.stripe.mode", "live"));
    try {
      hub.routes(DoorHub.route(WITHOUT_SECRET, ""));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return hub;
  }
}
