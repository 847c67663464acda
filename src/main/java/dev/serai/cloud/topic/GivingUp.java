package dev.serai.cloud.topic;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends the repetitions of a call after a time. Google's publisher repeats one of messages with
 * ordering keys for ever, and can't be told otherwise; but a request stays the same object in all
 * its tries, and a status that is not worth another ends them.
 */
final class GivingUp implements ClientInterceptor {

  /** What no client repeats, and Pub/Sub does not answer. */
  private static final Status.Code FINAL = Status.Code.DATA_LOSS;

  private static final Set<Status.Code> REPEATED =
      Set.of(
          Status.Code.ABORTED,
          Status.Code.CANCELLED,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.INTERNAL,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.UNKNOWN,
          Status.Code.UNAVAILABLE);

  private final long nanos;
  private final Map<Object, Long> begun = Collections.synchronizedMap(new IdentityHashMap<>());

  GivingUp(Duration after) {
    this.nanos = after.toNanos();
  }

  /** The status that it stands for, which is the cause of what was made of it. */
  static Status of(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    Throwable original = status.getCause();
    return status.getCode() == FINAL && original != null ? Status.fromThrowable(original) : status;
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {

      private @Nullable Object request;

      @Override
      public void start(Listener<A> listener, Metadata headers) {
        super.start(
            new ForwardingClientCallListener.SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                super.onClose(judged(request, status), trailers);
              }
            },
            headers);
      }

      @Override
      public void sendMessage(Q message) {
        request = message;
        begun.putIfAbsent(message, System.nanoTime());
        super.sendMessage(message);
      }
    };
  }

  private Status judged(@Nullable Object request, Status status) {
    Long begin = request == null ? null : begun.get(request);
    if (begin == null) {
      return status;
    }
    if (!REPEATED.contains(status.getCode())) {
      begun.remove(request);
      return status;
    }
    if (System.nanoTime() - begin < nanos) {
      return status;
    }
    begun.remove(request);
    return FINAL
        .toStatus()
        .withDescription(status.getDescription())
        .withCause(status.asRuntimeException());
  }
}
