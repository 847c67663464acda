package dev.serai.webhook;

/** A request is refused at the door. */
final class RefusedException extends Exception {

  private final transient Verdict.Refused refusal;

  RefusedException(Cause cause, String explanation) {
    this(new Verdict.Refused(cause, explanation));
  }

  RefusedException(Verdict.Refused refusal) {
    // Refusals come by the thousand under attack, and where they were thrown says nothing.
    super(refusal.explanation(), null, false, false);
    this.refusal = refusal;
  }

  Verdict.Refused refusal() {
    return refusal;
  }
}
