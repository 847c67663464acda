package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.event.OwnEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;

/** How many runs of several jobs are handled at a time? */
@EngineTurn
class QueueTest {

  private final TestHub hub = TestHub.engine();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Semaphore goOn = new Semaphore(0);
  private final Processor counting =
      exchange -> {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        goOn.acquire();
        running.decrementAndGet();
      };

  @Test
  void asManyAsTheGroupHasPlaces() throws Exception {
    String group = "g" + UUID.randomUUID();
    try (var one = handler(group, 3, 0);
        var two = handler(group, 3, 0)) {
      List<UUID> sent = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        sent.add(one.send("s" + i));
        sent.add(two.send("t" + i));
      }
      await().until(() -> running.get() == 3);
      for (int i = 0; i < 12; i++) {
        goOn.release();
        int left = Math.min(3, 11 - i);
        await().until(() -> running.get() == left && goOn.availablePermits() == 0);
      }
      assertThat(most).hasValue(3);
    }
  }

  @Test
  void asManyOfAWorkspaceAsItMayHave() throws Exception {
    Map<String, AtomicInteger> byWorkspace = new ConcurrentHashMap<>();
    String group = "g" + UUID.randomUUID();
    try (var job =
        TestHandler.of(hub)
            .with("concurrency", 8)
            .with("group", group)
            .with("groupConcurrency", 5)
            .with("groupPerWorkspace", 2)
            .handle(
                exchange -> {
                  byWorkspace
                      .computeIfAbsent(
                          String.valueOf(TestHandler.attribute(exchange, "workspace")),
                          any -> new AtomicInteger())
                      .incrementAndGet();
                  goOn.acquire();
                })) {
      for (int i = 0; i < 4; i++) {
        send(job, "acme");
        send(job, "initech");
      }
      await()
          .until(
              () ->
                  byWorkspace.size() == 2
                      && byWorkspace.values().stream().allMatch(count -> count.get() == 2));
      goOn.release(8);
      await().until(() -> byWorkspace.values().stream().allMatch(count -> count.get() == 4));
    }
  }

  @Test
  void jobsOfAQueueShareItsWorkersAndAWorkspaceHasItsPart() throws Exception {
    AtomicInteger ofAcme = new AtomicInteger();
    AtomicInteger mostOfAcme = new AtomicInteger();
    Processor watching =
        exchange -> {
          boolean acme = "acme".equals(TestHandler.attribute(exchange, "workspace"));
          if (acme) {
            mostOfAcme.accumulateAndGet(ofAcme.incrementAndGet(), Math::max);
          }
          counting.process(exchange);
          if (acme) {
            ofAcme.decrementAndGet();
          }
        };
    try (var one = inQueue(watching);
        var two = inQueue(watching)) {
      List<UUID> runs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        runs.add(one.run(Map.of("workspace", "acme")));
        runs.add(two.run(Map.of("workspace", "initech")));
      }
      await().until(() -> running.get() == 2);
      goOn.release(6);
      for (int i = 0; i < 6; i++) {
        (i % 2 == 0 ? one : two).await(runs.get(i), "done");
      }
      assertThat(most).hasValue(2);
      assertThat(mostOfAcme).hasValue(1);
      assertThat(hub.bean(JobTable.class).job(one.name()).plan().queue()).isEqualTo("two");
    }
  }

  private TestJob inQueue(Processor code) throws Exception {
    return TestJob.of(hub)
        .with("queue", "two")
        .with("overlap", "allow")
        .with("concurrency", 4)
        .with("parameters", "workspace:text?")
        .handle(code);
  }

  private void send(TestHandler handler, String workspace) {
    String key = UUID.randomUUID().toString();
    handler
        .log()
        .append(OwnEvent.of("test", handler.type(), key, null, workspace, Instant.now(), Map.of()));
  }

  private TestHandler handler(String group, int places, int perWorkspace) throws Exception {
    return TestHandler.of(hub)
        .with("concurrency", 8)
        .with("group", group)
        .with("groupConcurrency", places)
        .with("groupPerWorkspace", perWorkspace)
        .handle(counting);
  }

  @Test
  void aQueueThatIsNotConfiguredIsRefusedByItsName() {
    assertThatThrownBy(
            () -> TestJob.of(hub).with("queue", "unheard-of").handle(exchange -> {}).close())
        .hasStackTraceContaining("option 'queue' is 'unheard-of'");
  }
}
