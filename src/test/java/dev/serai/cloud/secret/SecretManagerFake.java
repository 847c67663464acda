package dev.serai.cloud.secret;

import com.google.cloud.secretmanager.v1.AccessSecretVersionRequest;
import com.google.cloud.secretmanager.v1.AccessSecretVersionResponse;
import com.google.cloud.secretmanager.v1.CreateSecretRequest;
import com.google.cloud.secretmanager.v1.Secret;
import com.google.cloud.secretmanager.v1.SecretManagerServiceGrpc;
import com.google.cloud.secretmanager.v1.SecretPayload;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/** Secret Manager in this process, by Google's published stubs. */
final class SecretManagerFake extends SecretManagerServiceGrpc.SecretManagerServiceImplBase {

  final Map<String, List<String>> secrets = new ConcurrentHashMap<>();
  final Set<String> denied = ConcurrentHashMap.newKeySet();

  /** How many answers have other bytes than their checksum says. */
  final AtomicInteger spoiled = new AtomicInteger();

  final AtomicInteger created = new AtomicInteger();

  /** Makes another version; returns its number. */
  String add(String project, String name, String value) {
    List<String> versions =
        secrets.computeIfAbsent(
            "projects/%s/secrets/%s".formatted(project, name), key -> new CopyOnWriteArrayList<>());
    versions.add(value);
    return Integer.toString(versions.size());
  }

  @Override
  public void accessSecretVersion(
      AccessSecretVersionRequest request, StreamObserver<AccessSecretVersionResponse> answer) {
    String[] parts = request.getName().split("/versions/", 2);
    if (denied.contains(parts[0])) {
      answer.onError(
          Status.PERMISSION_DENIED
              .withDescription(
                  "Permission 'secretmanager.versions.access' denied for resource '%s'"
                      .formatted(request.getName()))
              .asRuntimeException());
      return;
    }
    List<String> versions = secrets.getOrDefault(parts[0], List.of());
    int number = parts[1].equals("latest") ? versions.size() : Integer.parseInt(parts[1]);
    if (number < 1 || number > versions.size()) {
      answer.onError(
          Status.NOT_FOUND
              .withDescription("Secret Version [%s] not found.".formatted(request.getName()))
              .asRuntimeException());
      return;
    }
    ByteString bytes = ByteString.copyFrom(versions.get(number - 1), StandardCharsets.UTF_8);
    CRC32C crc = new CRC32C();
    crc.update(bytes.toByteArray());
    ByteString sent =
        spoiled.getAndUpdate(left -> Math.max(0, left - 1)) > 0
            ? bytes.concat(ByteString.copyFromUtf8("x"))
            : bytes;
    answer.onNext(
        AccessSecretVersionResponse.newBuilder()
            .setName(parts[0] + "/versions/" + number)
            .setPayload(SecretPayload.newBuilder().setData(sent).setDataCrc32C(crc.getValue()))
            .build());
    answer.onCompleted();
  }

  @Override
  public void createSecret(CreateSecretRequest request, StreamObserver<Secret> answer) {
    created.incrementAndGet();
    answer.onError(Status.PERMISSION_DENIED.asRuntimeException());
  }
}
