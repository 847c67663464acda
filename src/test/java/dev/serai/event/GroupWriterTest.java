package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What happens to those who write at the same time? */
class GroupWriterTest {

  private static final Duration PATIENT = Duration.ofSeconds(10);

  private final List<List<String>> groups = new CopyOnWriteArrayList<>();
  private final Semaphore gate = new Semaphore(0);

  @Test
  void whoComesWhileAGroupIsWrittenJoinsTheNext() throws Exception {
    try (var writer = writer(10, 1_000, PATIENT)) {
      CompletableFuture<String> first = writer.submit("a");
      await().until(() -> groups.size() == 1);
      List<CompletableFuture<String>> others =
          List.of(writer.submit("b"), writer.submit("c"), writer.submit("d"));
      assertThat(writer.waiting()).isEqualTo(4);
      gate.release(2);
      assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo("A");
      assertThat(others.stream().map(CompletableFuture::join)).containsExactly("B", "C", "D");
      assertThat(groups).containsExactly(List.of("a"), List.of("b", "c", "d"));
      await().until(() -> writer.waiting() == 0);
    }
  }

  @Test
  void aGroupIsFullByNumberOrByWeight() throws Exception {
    gate.release(100);
    try (var writer = writer(3, 10, PATIENT)) {
      gate.drainPermits();
      writer.submit("x");
      await().until(() -> groups.size() == 1);
      List<CompletableFuture<String>> all = new ArrayList<>();
      for (String item : List.of("a", "b", "c", "d", "heavyheavyheavy", "e")) {
        all.add(writer.submit(item));
      }
      gate.release(100);
      all.forEach(CompletableFuture::join);
      assertThat(groups.subList(1, groups.size()))
          .containsExactly(List.of("a", "b", "c"), List.of("d", "heavyheavyheavy"), List.of("e"));
    }
  }

  @Test
  void oneRowThatIsRefusedFailsNoneOfItsNeighbours() throws Exception {
    try (var writer = writer(10, 1_000, PATIENT)) {
      writer.submit("first");
      await().until(() -> groups.size() == 1);
      var good = writer.submit("good");
      var bad = writer.submit("bad:22021");
      var fine = writer.submit("fine");
      gate.release(100);
      assertThat(good.join()).isEqualTo("GOOD");
      assertThat(fine.join()).isEqualTo("FINE");
      assertThatThrownBy(bad::join).hasCauseInstanceOf(SQLException.class);
    }
  }

  @Test
  void aLostConnectionFailsTheGroupWhichNobodyRepeats() throws Exception {
    try (var writer = writer(10, 1_000, PATIENT)) {
      writer.submit("first");
      await().until(() -> groups.size() == 1);
      var one = writer.submit("one");
      var lost = writer.submit("bad:08006");
      gate.release(100);
      assertThatThrownBy(one::join).hasCauseInstanceOf(SQLException.class);
      assertThatThrownBy(lost::join).hasCauseInstanceOf(SQLException.class);
      assertThat(groups).containsExactly(List.of("first"), List.of("one", "bad:08006"));
    }
  }

  @Test
  void nobodyWaitsLongerThanTheirPatience() throws Exception {
    try (var writer = writer(1, 1_000, Duration.ofMillis(100))) {
      var written = writer.submit("being written");
      var queued = writer.submit("queued");
      for (var late : List.of(written, queued)) {
        assertThatThrownBy(() -> late.get(5, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(TimeoutException.class);
      }
      gate.release(100);
      await().until(() -> writer.waiting() == 0);
      assertThat(groups)
          .as("what was given up is not written")
          .containsExactly(List.of("being written"));
    }
  }

  @Test
  void closingWritesWhatWaitsAndTakesNothingMore() throws Exception {
    var writer = writer(2, 1_000, PATIENT);
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (String item : List.of("a", "b", "c", "d", "e")) {
      all.add(writer.submit(item));
    }
    gate.release(100);
    writer.close();
    assertThat(all)
        .allMatch(CompletableFuture::isDone)
        .noneMatch(CompletableFuture::isCompletedExceptionally);
    assertThatThrownBy(() -> writer.submit("late").join())
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void whoComesInAPauseIsWrittenAfterItWithAllOthers() throws Exception {
    gate.release(100);
    try (var writer = writer(10, 1_000, PATIENT, Duration.ofSeconds(1))) {
      writer.submit("a").join();
      var b = writer.submit("b");
      await().until(() -> writer.waiting() == 1);
      var c = writer.submit("c");
      assertThat(b.join() + c.join()).isEqualTo("BC");
      assertThat(groups).containsExactly(List.of("a"), List.of("b", "c"));
    }
  }

  @Test
  void closingEndsAPause() throws Exception {
    gate.release(100);
    var writer = writer(10, 1_000, PATIENT, Duration.ofSeconds(1));
    writer.submit("a").join();
    var b = writer.submit("b");
    writer.close();
    assertThat(b).isCompletedWithValue("B");
  }

  private GroupWriter<String, String> writer(int items, int weight, Duration patience) {
    return writer(items, weight, patience, Duration.ZERO);
  }

  private GroupWriter<String, String> writer(
      int items, int weight, Duration patience, Duration pause) {
    return new GroupWriter<>(
        new GroupWriter.Limits("test", 1, items, weight, patience, pause),
        String::length,
        this::write);
  }

  private List<String> write(List<String> items) throws SQLException {
    groups.add(List.copyOf(items));
    gate.acquireUninterruptibly();
    for (String item : items) {
      if (item.startsWith("bad:")) {
        throw new SQLException("refused", item.substring(4));
      }
    }
    return items.stream().map(item -> item.toUpperCase(java.util.Locale.ROOT)).toList();
  }
}
