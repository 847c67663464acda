package dev.serai.bus;

/** How soon a hint is looked at: whatever is urgent before all that is not. */
enum Urgency {
  /** Events with a priority above 0; their hints have a stream of their own. */
  URGENT(Hints.WINDOW, Hints.WINDOW),

  /** Fresh ones may fill half of the window: so what waited longer always finds room. */
  NORMAL(Hints.WINDOW / 2, Hints.WINDOW),

  /** What belongs to a replay: a live event waits behind few of them. */
  LOW(64, 64);

  private final int freshWindow;
  private final int window;

  Urgency(int freshWindow, int window) {
    this.freshWindow = freshWindow;
    this.window = window;
  }

  static Urgency of(int priority) {
    return priority > 0 ? URGENT : priority < 0 ? LOW : NORMAL;
  }

  /** Up to how many hints a fresh one is added. */
  int freshWindow() {
    return freshWindow;
  }

  /** Up to how many hints one is added that has waited. */
  int window() {
    return window;
  }
}
