package dev.serai.event;

import java.util.List;

/** What is to be forgotten, in parts, and what has been. As text: what has been. */
public final class RetentionRun {

  private final List<Part> parts;
  private final Forgotten total = new Forgotten();
  private int done;

  RetentionRun(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** In the order in which they are to be done. */
  public List<Part> parts() {
    return parts;
  }

  /** Notes what became of the next part. */
  void add(Forgotten forgotten) {
    total.add(forgotten);
    done++;
  }

  /** How far it is, in per cent. */
  public int percent() {
    return 100 * done / parts.size();
  }

  @Override
  public String toString() {
    return total.toString();
  }

  /** A part; {@link Retention#forget} does it. */
  public record Part(String name, Step step) {}

  /** Forgets something. */
  interface Step {
    Forgotten forget() throws InterruptedException;
  }
}
