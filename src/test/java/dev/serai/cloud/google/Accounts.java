package dev.serai.cloud.google;

/** Accounts for programs of tests, which are no hub. */
public final class Accounts {

  private Accounts() {}

  public static GoogleAccount of(GoogleSettings settings) {
    return new GoogleAccount(settings);
  }
}
