package dev.serai.cloud.storage;

import java.util.List;

/**
 * Some objects of a bucket, by name.
 *
 * @param objects what is known of them
 * @param more whether there are others behind
 */
public record ObjectPage(List<StoredObject> objects, boolean more) {

  /** What to ask for the next page with; empty, if there is none. */
  public String next() {
    return more ? objects.getLast().name() : "";
  }
}
