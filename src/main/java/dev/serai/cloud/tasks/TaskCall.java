package dev.serai.cloud.tasks;

import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.api.gax.rpc.UnaryCallable;
import dev.serai.cloud.google.Denied;
import dev.serai.cloud.google.GoogleAccount;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One call of Cloud Tasks with its repetitions, which end when its time is up. It knows whether an
 * answer was lost: then what it is told to exist may be its own.
 */
final class TaskCall {

  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  /** After these nobody knows whether the call was done. */
  private static final Set<StatusCode.Code> LOST =
      Set.of(
          StatusCode.Code.UNAVAILABLE,
          StatusCode.Code.INTERNAL,
          StatusCode.Code.UNKNOWN,
          StatusCode.Code.DEADLINE_EXCEEDED);

  private final String queue;
  private final Duration timeout;
  private final GoogleAccount account;
  private boolean lost;

  TaskCall(String queue, Duration timeout, GoogleAccount account) {
    this.queue = queue;
    this.timeout = timeout;
    this.account = account;
  }

  /**
   * @param repeat whether it may be made twice
   * @throws ApiException by its last attempt
   */
  <Q, A> A make(UnaryCallable<Q, A> method, Q request, boolean repeat) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    // An attempt without an answer leaves time for another.
    GrpcCallContext context =
        GrpcCallContext.createDefault()
            .withTimeoutDuration(repeat ? timeout.dividedBy(2) : timeout)
            .withRetryableCodes(Set.of());
    for (Duration wait = FIRST_WAIT; ; wait = wait.multipliedBy(2)) {
      try {
        return method.call(request, context);
      } catch (ApiException e) {
        StatusCode.Code code = e.getStatusCode().getCode();
        Duration next = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        boolean again = LOST.contains(code) || code == StatusCode.Code.RESOURCE_EXHAUSTED;
        if (!repeat || !again || System.nanoTime() + next.toNanos() > end) {
          throw e;
        }
        lost |= LOST.contains(code);
        boolean woken = new CountDownLatch(1).await(next.toNanos(), TimeUnit.NANOSECONDS);
        assert !woken;
      }
    }
  }

  /** Whether an attempt before the last may have been done. */
  boolean isLost() {
    return lost;
  }

  /** The same in words that help. */
  TaskServiceException failure(ApiException e, String permission) {
    String said = String.valueOf(e.getMessage()).replaceFirst("^[a-zA-Z.]+Exception: ", "");
    boolean noQueue = said.contains("Queue does not exist");
    Denied.Kind kind = noQueue ? Denied.Kind.MISSING : Denied.Kind.of(e.getStatusCode().getCode());
    boolean ofToken = said.contains("actAs");
    return new TaskServiceException(
        kind,
        Denied.text(
            kind,
            "Queue '%s'".formatted(queue),
            ofToken ? "iam.serviceAccounts.actAs" : permission,
            ofToken
                ? "serai.tasks.service-account"
                : "the route's 'queue', serai.tasks.location, serai.google.project",
            account.described(),
            said),
        e);
  }
}
