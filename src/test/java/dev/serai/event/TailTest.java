package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Does whoever follows the log see each event once, however transactions commit? */
@EngineTurn
class TailTest {

  private final TestHub hub = TestHub.engine();
  private final Tail tail = hub.bean(Tail.class);
  private final EventLog log = hub.bean(EventLog.class);
  private final String source = "tail-" + UUID.randomUUID();
  private final Tail.Filter ours = new Tail.Filter(source, List.of());

  /** Follows from a place until nothing is left; keeps where it has come to. */
  private final class Follower {
    private final Tail.Filter filter;
    private final List<UUID> seen = new ArrayList<>();
    private TailCursor cursor;

    private Follower(TailCursor begin, Tail.Filter filter) {
      this.cursor = begin;
      this.filter = filter;
    }

    private List<UUID> readAll() {
      for (Tail.Page page = tail.read(cursor, filter);
          !page.events().isEmpty();
          page = tail.read(cursor, filter)) {
        page.events().forEach(event -> seen.add(event.id()));
        cursor = page.next();
      }
      cursor = tail.read(cursor, filter).next();
      return seen;
    }
  }

  private NewEvent event(String type) {
    return new NewEvent(
        source,
        type,
        UUID.randomUUID().toString(),
        null,
        null,
        Instant.EPOCH,
        "application/json",
        "{}".getBytes(StandardCharsets.UTF_8),
        null,
        null,
        null,
        0,
        null);
  }

  @Test
  void anEventThatCommitsLateComesLateAndIsNotMissed() throws Exception {
    Follower follower = new Follower(tail.now(), ours);
    try (Connection slow = hub.bean(DataSource.class).getConnection()) {
      slow.setAutoCommit(false);
      UUID late = log.appendWithin(slow, event("tail.late"), made -> {}).id();
      UUID early = log.appendAndWait(event("tail.early")).id();
      assertThat(late).as("its id is the lesser").isLessThan(early);
      assertThat(follower.readAll()).containsExactly(early);
      assertThat(follower.readAll()).containsExactly(early);
      String saved = follower.cursor.toString();
      slow.commit();

      assertThat(follower.readAll()).containsExactly(early, late);
      Follower resumed = new Follower(TailCursor.parse(saved), ours);
      assertThat(resumed.readAll()).as("resumed from before the commit").containsExactly(late);
    }
  }

  @Test
  void eachOfManyThatCommitInAnyOrderIsSeenOnce() throws Exception {
    Follower follower = new Follower(tail.now(), ours);
    List<UUID> appended = new ArrayList<>();
    List<Connection> open = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        if (open.size() == 6) {
          try (Connection one = open.remove(ThreadLocalRandom.current().nextInt(open.size()))) {
            one.commit();
          }
        }
        Connection connection = hub.bean(DataSource.class).getConnection();
        connection.setAutoCommit(false);
        open.add(connection);
        appended.add(log.appendWithin(connection, event("tail.any"), made -> {}).id());
        if (i % 7 == 0) {
          follower.readAll();
        }
        if (i % 31 == 0) {
          follower.cursor = TailCursor.parse(follower.cursor.toString());
        }
      }
    } finally {
      for (Connection connection : open) {
        connection.commit();
        connection.close();
      }
    }
    assertThat(follower.readAll()).containsExactlyInAnyOrderElementsOf(appended);
  }

  @Test
  void whatIsRolledBackIsNeverSeen() throws Exception {
    Follower follower = new Follower(tail.now(), ours);
    try (Connection connection = hub.bean(DataSource.class).getConnection()) {
      connection.setAutoCommit(false);
      log.appendWithin(connection, event("tail.undone"), made -> {});
      connection.rollback();
    }
    UUID kept = log.appendAndWait(event("tail.kept")).id();
    assertThat(follower.readAll()).containsExactly(kept);
  }

  @Test
  void followingBeginsAtATimeBehindAnEventOrWithinAPage() throws Exception {
    Instant before = hub.bean(java.time.Clock.class).instant();
    List<UUID> all = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      all.add(log.appendAndWait(event("tail.page")).id());
    }
    assertThat(new Follower(tail.from(before), ours).readAll()).isEqualTo(all);
    assertThat(new Follower(tail.behind(all.get(99)), ours).readAll())
        .isEqualTo(all.subList(100, 120));
    Tail.Page first = tail.read(tail.from(before), ours);
    assertThat(first.events().size()).isBetween(1, 119);
    String within = first.events().get(9).cursor().toString();
    assertThat(new Follower(TailCursor.parse(within), ours).readAll())
        .isEqualTo(all.subList(10, 120));
  }

  @ParameterizedTest
  @CsvSource({
    "tail.invoice.*, true",
    "tail.*.paid, true",
    "tail.invoice.paid, true",
    "*, true",
    "tail.invoice, false",
    "*.paid, false",
    "tail.invoice.pai., false",
    "tail.INVOICE.paid, false",
  })
  void typesAreMatchedAsSubscriptionsMatchThem(String pattern, boolean matches) throws Exception {
    TailCursor begin = tail.now();
    UUID id = log.appendAndWait(event("tail.invoice.paid")).id();
    if (!pattern.endsWith(".")) {
      assertThat(new TypePattern(List.of(pattern)).test("tail.invoice.paid")).isEqualTo(matches);
      Tail.Filter filter = new Tail.Filter(source, List.of("tail.other", pattern));
      assertThat(new Follower(begin, filter).readAll())
          .isEqualTo(matches ? List.of(id) : List.of());
    } else {
      assertThatThrownBy(() -> new Tail.Filter(source, List.of(pattern)))
          .hasMessageContaining("is no event type");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "~~~~", "x~1~1~1:1:~", "00000000-0000-0000-0000-00000000000g~1~1~1:1:~"})
  void whatIsNoPlaceIsRefused(String text) {
    assertThatThrownBy(() -> TailCursor.parse(text)).hasMessageContaining("is no position");
  }

  @Test
  void aPlaceInAnotherDatabaseIsRecognised() {
    TailCursor now = tail.now();
    assertThat(tail.isOfThisDatabase(now)).isTrue();
    TailCursor ahead =
        TailCursor.parse(now.toString().replaceAll("~\\d+:\\d+:[\\d,]*", "~999999999:999999999:"));
    assertThat(tail.isOfThisDatabase(ahead)).isFalse();
  }
}
