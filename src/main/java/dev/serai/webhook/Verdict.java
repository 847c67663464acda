package dev.serai.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a scheme found. */
public sealed interface Verdict {

  /**
   * The request is the provider's.
   *
   * @param key fingerprint of the secret that verified it
   * @param signedAt when it was signed by its sender's clock, if the scheme tells
   */
  record Accepted(String key, @Nullable Instant signedAt) implements Verdict {}

  /**
   * The request is not proven to be the provider's.
   *
   * @param explanation for people; without secrets
   */
  record Refused(Cause cause, String explanation) implements Verdict {}
}
