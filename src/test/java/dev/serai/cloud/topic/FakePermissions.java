package dev.serai.cloud.topic;

import com.google.iam.v1.TestIamPermissionsRequest;
import com.google.iam.v1.TestIamPermissionsResponse;
import com.google.pubsub.v1.Topic;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The part of the fake that tells permissions; there are no stubs of it. */
final class FakePermissions implements BindableService {

  private final Map<String, Topic> topics;
  private final Map<String, FakeSubscription> subscriptions;
  private final Set<String> forbidden;

  FakePermissions(
      Map<String, Topic> topics,
      Map<String, FakeSubscription> subscriptions,
      Set<String> forbidden) {
    this.topics = topics;
    this.subscriptions = subscriptions;
    this.forbidden = forbidden;
  }

  @Override
  public ServerServiceDefinition bindService() {
    MethodDescriptor<TestIamPermissionsRequest, TestIamPermissionsResponse> method =
        MethodDescriptor.<TestIamPermissionsRequest, TestIamPermissionsResponse>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("google.iam.v1.IAMPolicy/TestIamPermissions")
            .setRequestMarshaller(
                ProtoUtils.marshaller(TestIamPermissionsRequest.getDefaultInstance()))
            .setResponseMarshaller(
                ProtoUtils.marshaller(TestIamPermissionsResponse.getDefaultInstance()))
            .build();
    return ServerServiceDefinition.builder("google.iam.v1.IAMPolicy")
        .addMethod(method, ServerCalls.asyncUnaryCall(this::testPermissions))
        .build();
  }

  private void testPermissions(
      TestIamPermissionsRequest request, StreamObserver<TestIamPermissionsResponse> answer) {
    String path = request.getResource();
    if (!topics.containsKey(path) && !subscriptions.containsKey(path)) {
      answer.onError(PubsubFake.missing(path));
      return;
    }
    answer.onNext(
        TestIamPermissionsResponse.newBuilder()
            .addAllPermissions(forbidden.contains(path) ? List.of() : request.getPermissionsList())
            .build());
    answer.onCompleted();
  }
}
