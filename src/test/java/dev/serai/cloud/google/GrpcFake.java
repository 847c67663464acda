package dev.serai.cloud.google;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.util.MutableHandlerRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server on loopback for those of Google's services that speak gRPC, with faults on demand. */
public final class GrpcFake implements AutoCloseable {

  private final MutableHandlerRegistry services = new MutableHandlerRegistry();
  private final ConcurrentLinkedDeque<Fault> faults = new ConcurrentLinkedDeque<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final Server server;

  /**
   * What happens to the next call that fits.
   *
   * @param method a part of its name
   * @param status what it ends with
   * @param after how long that takes
   */
  private record Fault(String method, Status status, @Nullable Duration after) {}

  public GrpcFake() {
    try {
      server =
          Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
              .fallbackHandlerRegistry(services)
              .intercept(new Faults())
              .maxInboundMessageSize(64 << 20)
              .build()
              .start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its address, as an endpoint is configured. */
  public String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** A service by Google's published stubs. */
  public void serve(BindableService service) {
    services.addService(service);
  }

  /** The full names of the methods called so far. */
  public List<String> seen() {
    return seen;
  }

  /** The next so many calls of a method end like this. */
  public void fail(int times, String method, Status status) {
    for (int i = 0; i < times; i++) {
      faults.add(new Fault(method, status, null));
    }
  }

  /** They have no answer for so long, and end as unavailable then. */
  public void slow(int times, String method, Duration time) {
    for (int i = 0; i < times; i++) {
      faults.add(new Fault(method, Status.UNAVAILABLE, time));
    }
  }

  /** Forgets the faults that have not happened. */
  public void heal() {
    faults.clear();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Faults implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String method = call.getMethodDescriptor().getFullMethodName();
      seen.add(method);
      for (Fault fault : faults) {
        if (method.contains(fault.method) && faults.removeFirstOccurrence(fault)) {
          if (fault.after == null) {
            call.close(fault.status, new Metadata());
          } else {
            CompletableFuture.delayedExecutor(fault.after.toMillis(), TimeUnit.MILLISECONDS)
                .execute(
                    () -> {
                      if (!call.isCancelled()) {
                        call.close(fault.status, new Metadata());
                      }
                    });
          }
          return new ServerCall.Listener<>() {};
        }
      }
      return next.startCall(call, headers);
    }
  }
}
