package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleHub;
import dev.serai.cloud.storage.ObjectException.BucketUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is said when a bucket, a permission or the account is missing? */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoogleDeniedTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final StorageFake fake = StorageHub.fake();
  private final TestHub hub = StorageHub.shared();
  private final String name = "denied-" + UUID.randomUUID();
  private ObjectRoutes objects;

  @BeforeAll
  void load() throws Exception {
    objects = new ObjectRoutes(hub, "evidence");
    objects.put(name, "there");
  }

  @AfterAll
  void unload() throws Exception {
    objects.close();
  }

  private String failed(ObjectRoutes routes, String what) {
    Exception failure =
        Objects.requireNonNull(routes.call(what, "x", Map.of("name", name)).getException(), what);
    assertThat(failure).isInstanceOf(BucketUnavailableException.class);
    return String.valueOf(failure.getMessage());
  }

  private static String problem(TestHub of) throws Exception {
    GoogleHub.check(of);
    return Api.of(of)
        .get("/health/detailed")
        .json()
        .at("/components/google/details/storage/problem")
        .asText();
  }

  @Test
  void aPermissionThatIsMissingIsNamedWithTheBucketAndItsPropertyAndHealthSaysIt()
      throws Exception {
    Map<String, String> needed =
        Map.of("put", "create", "get", "get", "delete", "delete", "list", "list");
    needed.values().forEach(what -> fake.denied.add("evidence storage.objects." + what));
    try {
      needed.forEach(
          (what, permission) ->
              assertThat(failed(objects, what))
                  .contains("Bucket 'evidence'")
                  .contains("storage.objects." + permission)
                  .contains("serai.buckets.evidence")
                  .contains(FakeIdentity.EMAIL));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(problem(hub)).contains("evidence", "storage.objects.create"));
      assertThat(Api.of(hub).get("/health/detailed").json().path("status").asText())
          .isEqualTo("DEGRADED");
    } finally {
      fake.denied.clear();
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(problem(hub)).isEqualTo("none"));
    assertThat(objects.get(name)).hasSize(5);
  }

  @Test
  void aBucketThatIsMissingIsNoMissingObject() throws Exception {
    try (ObjectRoutes backups = new ObjectRoutes(hub, "backups")) {
      fake.buckets.remove("backups");
      try {
        for (String what : new String[] {"put", "get", "optional", "delete", "list"}) {
          assertThat(failed(backups, what))
              .contains("Bucket 'backups' is not there")
              .contains("serai.buckets.backups");
        }
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(problem(hub)).contains("Bucket 'backups'"));
      } finally {
        fake.buckets.add("backups");
      }
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(problem(hub)).isEqualTo("none"));
  }

  @Test
  void anAccountThatIsKnownNoMoreIsNamed() throws Exception {
    fake.identity.revoked = true;
    fake.identity.expire();
    try {
      for (String what : new String[] {"put", "get"}) {
        assertThat(failed(objects, what))
            .contains("Google does not know the service account " + FakeIdentity.EMAIL)
            .contains("serai.google.credentials");
      }
    } finally {
      fake.identity.revoked = false;
    }
    assertThat(objects.get(name)).hasSize(5);
  }

  @Test
  void whoHasNoKeyMustBeAllowedToAskGoogleToSign() throws Exception {
    try (ObjectRoutes routes = new ObjectRoutes(GoogleHub.shared(), "evidence")) {
      assertThat(failed(routes, "sign-get"))
          .contains("iam.serviceAccounts.signBlob")
          .contains("serai.google.credentials");
    }
  }
}
