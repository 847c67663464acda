package dev.serai.cloud;

import java.util.Set;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * A receiver did not take a post. The delivery's retries read {@code Retry-After} in its headers;
 * subscriptions name a kind of it under {@code fatal}.
 */
public abstract sealed class ReceiverException extends HttpOperationFailedException {

  private static final int MOST_OF_BODY = 3_000;

  /** Answers to a request that may well be right the next time. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private final String line;

  private ReceiverException(Answer answer) {
    super(
        answer.host(),
        answer.status(),
        answer.reason(),
        answer.headers().get("Location"),
        answer.headers(),
        answer.body());
    this.line = answer.inOneLine(MOST_OF_BODY);
  }

  static ReceiverException of(Answer answer) {
    int status = answer.status();
    if (status == 410) {
      return new ReceiverGoneException(answer);
    }
    if (status >= 300 && status < 400) {
      return new ReceiverMovedException(answer);
    }
    return status >= 400 && status < 500 && !PASSING.contains(status)
        ? new ReceiverRefusedException(answer)
        : new ReceiverFailedException(answer);
  }

  @Override
  public String getMessage() {
    return line;
  }

  /** The receiver is gone (410) and wants nothing any more: a dead letter at once. */
  public static final class ReceiverGoneException extends ReceiverException {
    private ReceiverGoneException(Answer answer) {
      super(answer);
    }
  }

  /** The receiver sends elsewhere (3xx), where a post is never sent: nobody checked that place. */
  public static final class ReceiverMovedException extends ReceiverException {
    private ReceiverMovedException(Answer answer) {
      super(answer);
    }
  }

  /** The receiver does not like the request (4xx): mostly its own mistake, mended soon. */
  public static final class ReceiverRefusedException extends ReceiverException {
    private ReceiverRefusedException(Answer answer) {
      super(answer);
    }
  }

  /** The receiver is in trouble or busy (5xx, 408, 425, 429). */
  public static final class ReceiverFailedException extends ReceiverException {
    private ReceiverFailedException(Answer answer) {
      super(answer);
    }
  }
}
