package dev.serai.cloud.secret;

import org.jspecify.annotations.Nullable;

/** Where secrets are kept. */
interface SecretStore {

  /**
   * The value of a secret; null if there is none.
   *
   * @param version a number, or {@link SecretGet#LATEST}
   * @throws SecretException when there is one that must not or can't be read
   * @throws SecretAwayException when nobody answers now
   */
  @Nullable String read(String name, String version);

  /** Where a secret is looked for, as errors tell it. */
  String described(String name, String version);

  /** That a route will ask for a secret. */
  default void expect(String name, String version) {}
}
