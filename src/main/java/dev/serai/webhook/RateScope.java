package dev.serai.webhook;

/** Whose requests a rate counts. */
public enum RateScope {
  /** Those to one hub. */
  HUB,
  /** Those to all hubs together. */
  CLUSTER
}
