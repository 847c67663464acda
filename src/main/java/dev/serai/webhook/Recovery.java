package dev.serai.webhook;

/** What one run of a reconciliation has found so far. */
public final class Recovery {

  private long looked;
  private long recovered;
  private long refused;

  synchronized void add(long more, long found, long bad) {
    looked += more;
    recovered += found;
    refused += bad;
  }

  /** Events, rows or orders that the provider has told of. */
  public synchronized long getLooked() {
    return looked;
  }

  /** Those that the hub did not have, and has now. */
  public synchronized long getRecovered() {
    return recovered;
  }

  /** Those that a webhook could not have brought either. */
  public synchronized long getRefused() {
    return refused;
  }

  /** Those that the hub had. */
  public synchronized long getDuplicates() {
    return looked - recovered - refused;
  }

  @Override
  public synchronized String toString() {
    return "%s looked at, %s recovered, %s duplicates".formatted(looked, recovered, getDuplicates())
        + (refused == 0 ? "" : ", %s refused".formatted(refused));
  }
}
