package dev.serai.event;

/**
 * The places that the subscriptions of a group share.
 *
 * @param group its name
 * @param places how many of their deliveries may run at a time, over all hubs
 * @param workspacePlaces how many of those may be of one workspace
 */
public record Places(String group, int places, int workspacePlaces) {

  /** The most places that there may be. */
  public static final int MOST = 10_000;
}
