package dev.serai.webhook;

/** A body is not what its source sends; the message repeats nothing of it. */
final class EnvelopeException extends Exception {

  private final String problem;

  EnvelopeException(String problem) {
    super(problem, null, false, false);
    this.problem = problem;
  }

  String problem() {
    return problem;
  }
}
