package dev.serai.webhook;

/** What a scheme found. */
public sealed interface Verdict {

  /**
   * The request is the provider's.
   *
   * @param key fingerprint of the secret that verified it
   */
  record Accepted(String key) implements Verdict {}

  /**
   * The request is not proven to be the provider's.
   *
   * @param explanation for people; without secrets
   */
  record Refused(Cause cause, String explanation) implements Verdict {}
}
