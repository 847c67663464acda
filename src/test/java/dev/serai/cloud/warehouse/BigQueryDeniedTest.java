package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.cloud.google.GoogleHub;
import dev.serai.cloud.google.HttpFake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.util.unit.DataSize;

/** Does whoever reads the error know what to do? */
@Execution(ExecutionMode.CONCURRENT)
class BigQueryDeniedTest {

  private static final Duration SHORT = Duration.ofSeconds(2);

  @TempDir Path folder;
  private BigQueryClient client;

  @BeforeEach
  void prepare() throws Exception {
    client = new BigQueryClient(folder, SHORT).schema("things", BigQueryInsertTest.FIELDS);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aMissingDatasetIsNamedByAllWhoNeedIt() {
    client.fake.tables.datasetMissing = true;
    String said = "Dataset 'analytics' is not there; make it, or set serai.warehouse.dataset";
    assertThatThrownBy(() -> client.insert("things", BigQueryInsertTest.row(1)))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining(said);
    assertThatThrownBy(() -> client.ask("select 1", Map.of())).hasMessageContaining(said);
    assertThatThrownBy(() -> new BigQueryCheck(client.calls, client.jobs).check())
        .hasMessageContaining(said);
  }

  @Test
  void aWrongProjectIsNamed() {
    client.fake.project = "other-1";
    assertThatThrownBy(() -> client.insert("things", BigQueryInsertTest.row(1)))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("Project 'acme-test-1' is not there")
        .hasMessageContaining("serai.google.project");
  }

  @Test
  void aMissingPermissionIsNamedWithTheTable() throws Exception {
    client.insert("things", BigQueryInsertTest.row(1));
    denied("insertAll", "Access Denied: Table x: Permission bigquery.tables.updateData denied");
    assertThatThrownBy(() -> client.insert("things", BigQueryInsertTest.row(2)))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("Table 'things' of dataset 'analytics' can't be used")
        .hasMessageContaining("lacks the permission bigquery.tables.updateData")
        .hasMessageContaining("serai.warehouse.dataset");
    denied("/queries", "Access Denied: Table x: User does not have permission to query it");
    assertThatThrownBy(() -> client.insert("things", BigQueryInsertTest.row(2)))
        .hasMessageContaining("lacks the permission bigquery.tables.getData");
    client.schema("others", BigQueryInsertTest.FIELDS);
    client.server.fail(
        1, "/tables/others", 404, HttpFake.error(404, "notFound", "Not found: Table others"));
    denied("/tables", "Access Denied");
    assertThatThrownBy(() -> client.insert("others", BigQueryInsertTest.row(2)))
        .hasMessageContaining("lacks the permission bigquery.tables.create");
    denied("/jobs", "Access Denied: Project acme: User does not have bigquery.jobs.create in it");
    assertThatThrownBy(() -> client.ask("select 1", Map.of()))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("lacks the permission bigquery.jobs.create");
  }

  private void denied(String text, String message) {
    client.server.fail(1, text, 403, HttpFake.error(403, "accessDenied", message));
  }

  @Test
  void withoutCredentialsTheirPropertyIsNamed() throws Exception {
    String file = folder.resolve("none.json").toString();
    BigQueryCalls calls = BigQueryClient.calls(client.server.url(), GoogleHub.PROJECT, file, SHORT);
    BigQueryJobs jobs = new BigQueryJobs(calls, DataSize.ofGigabytes(10));
    assertThatThrownBy(() -> new BigQueryCheck(calls, jobs).check())
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("Dataset 'analytics' can't be used (serai.warehouse.dataset)")
        .hasMessageContaining("SERAI_GOOGLE_CREDENTIALS")
        .hasMessageContaining(file);
  }

  @Test
  void anExpiredTokenIsReplacedAndARefusedAccountIsNamed() throws Exception {
    AtomicInteger number = new AtomicInteger();
    client.server.serve(
        "/token",
        exchange -> {
          client.fake.token = "token-" + number.incrementAndGet();
          HttpFake.answer(
              exchange,
              200,
              "{\"access_token\": \"%s\", \"expires_in\": 3600, \"token_type\": \"Bearer\"}"
                  .formatted(client.fake.token));
        });
    BigQueryCalls calls =
        BigQueryClient.calls(client.server.url(), GoogleHub.PROJECT, key().toString(), SHORT);
    BigQueryTables tables = new BigQueryTables(folder, calls);
    BigQueryJobs jobs = new BigQueryJobs(calls, DataSize.ofGigabytes(10));
    assertThat(tables.ready("things").name()).isEqualTo("things");
    client.fake.token = "another"; // The one that the hub has counts no longer.
    new BigQueryCheck(calls, jobs).check();
    assertThat(number.get()).isEqualTo(2);
    client.fake.token = "another";
    client.server.fail(9, "/token", 400, "{\"error\": \"invalid_grant\"}");
    assertThatThrownBy(() -> new BigQueryCheck(calls, jobs).check())
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("Google does not know the service account hub@acme-test-1")
        .hasMessageContaining("serai.google.credentials");
  }

  private Path key() throws Exception {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
    keys.initialize(2048);
    String key =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
    return Files.writeString(
        folder.resolve("account.txt"),
        BigQueryFake.JSON
            .createObjectNode()
            .put("type", "service_account")
            .put("project_id", GoogleHub.PROJECT)
            .put("private_key_id", "1")
            .put(
                "private_key",
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted("PRIVATE KEY", key))
            .put("client_email", "hub@acme-test-1.iam.gserviceaccount.com")
            .put("client_id", "1")
            .put("token_uri", client.server.url() + "/token")
            .toString());
  }
}
