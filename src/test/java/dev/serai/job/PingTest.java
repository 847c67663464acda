package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is a monitor outside told of a job's runs? */
@EngineTurn
class PingTest {

  private final TestHub hub = TestHub.engine();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private volatile int answer = 200;
  private final HttpServer monitor;

  PingTest() throws IOException {
    monitor = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    monitor.createContext(
        "/",
        exchange -> {
          try (exchange) {
            told.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(answer, -1);
          }
        });
    monitor.start();
  }

  @AfterEach
  void stop() {
    monitor.stop(0);
  }

  @Test
  void beginningSuccessAndFailureWhereTheAddressHasASignal() throws Exception {
    var fails = new AtomicBoolean();
    var goOn = new CountDownLatch(1);
    try (var job =
        TestJob.of(hub)
            .with("retries", 0)
            .handle(
                exchange -> {
                  goOn.await();
                  if (fails.get()) {
                    throw new IllegalStateException("of a test");
                  }
                })) {
      Pings pings = pings(job, "/ping/secret{signal}");
      UUID first = job.run(Map.of());
      job.await(first, "running");
      awaitTold(pings, "/ping/secret/start");
      goOn.countDown();
      job.await(first, "done");
      awaitTold(pings, "/ping/secret/start", "/ping/secret");
      fails.set(true);
      job.await(job.run(Map.of()), "dead");
      awaitTold(pings, "/ping/secret/start", "/ping/secret", "/ping/secret/fail");
    }
  }

  @Test
  void onlySuccessWhereItHasNone() throws Exception {
    var fails = new AtomicBoolean(true);
    try (var job =
        TestJob.of(hub)
            .with("retries", 0)
            .handle(
                exchange -> {
                  if (fails.get()) {
                    throw new IllegalStateException("of a test");
                  }
                })) {
      Pings pings = pings(job, "/only");
      job.await(job.run(Map.of()), "dead");
      pings.tell();
      fails.set(false);
      job.await(job.run(Map.of()), "done");
      awaitTold(pings, "/only");
    }
  }

  @Test
  void aMonitorThatIsAwayIsToldLater() throws Exception {
    answer = 503;
    try (var job = TestJob.of(hub).handle(exchange -> {})) {
      Pings pings = pings(job, "/away");
      job.await(job.run(Map.of()), "done");
      awaitTold(pings, "/away");
      await().until(() -> failures(job) == 1);
      answer = 200;
      hub.database().sql("update serai.job_ping set next_at = now()").update();
      awaitTold(pings, "/away", "/away");
      await().until(() -> failures(job) == 0);
    }
  }

  @Test
  void anAddressThatIsNoneIsRefusedWithoutBeingShown() {
    assertThatThrownBy(() -> Ping.of(List.of("invoices=htp://secret.example/1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'invoices'")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> Ping.of(List.of("https://secret.example/1")))
        .hasMessageNotContaining("secret");
    assertThat(Ping.of(List.of("a=https://one.example/x?y=z{signal}")).get("a"))
        .returns(true, Ping::isDetailed);
  }

  private Pings pings(TestJob job, String path) {
    return new Pings(
        Ping.of(List.of(job.name() + "=http://127.0.0.1:" + monitor.getAddress().getPort() + path)),
        hub.bean(PingTable.class),
        hub.bean(JobMetrics.class),
        hub.bean(Clock.class));
  }

  private void awaitTold(Pings pings, String... paths) {
    await()
        .until(
            () -> {
              pings.tell();
              return List.copyOf(told);
            },
            List.of(paths)::equals);
  }

  private int failures(TestJob job) {
    return hub.database()
        .sql(
            "select p.failures from serai.job_ping p join serai.job j on j.id = p.job_id where"
                + " j.name = :name")
        .param("name", job.name())
        .query(Integer.class)
        .single();
  }
}
