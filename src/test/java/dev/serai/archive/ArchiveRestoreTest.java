package dev.serai.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Does everything come back from the archive, once, and as it was? */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ArchiveRestoreTest {

  private static final int EVENTS = Integer.getInteger("serai.archived", 2_000);

  private static ArchivedHubs hubs;

  @BeforeAll
  static void start() {
    hubs = ArchivedHubs.start(Map.of());
  }

  @AfterAll
  static void stop() {
    hubs.close();
  }

  @Test
  @Order(1)
  void anEmptyDatabaseGetsEveryEventAndDeliversNone() throws Exception {
    Instant begin = Instant.now();
    List<String> bodies = ArchivedHubs.post(hubs.old(), "all", EVENTS);
    Instant posted = Instant.now();
    ArchivedHubs.awaitArchived(hubs.old());
    Instant archived = Instant.now();
    hubs.moveArchive();

    JsonNode dry = ArchivedHubs.run(hubs.fresh(), "archive-restore", Map.of("dry_run", true));
    assertThat(dry.path("restored").asInt()).isEqualTo(EVENTS);
    assertThat(events(hubs.fresh())).isZero();

    Instant before = Instant.now();
    JsonNode result = ArchivedHubs.run(hubs.fresh(), "archive-restore", Map.of());
    System.out.printf(
        "archive: %s events posted in %s, archived %s later, in %s objects; restored in %s%n",
        EVENTS,
        Duration.between(begin, posted),
        Duration.between(posted, archived),
        result.path("objects"),
        Duration.between(before, Instant.now()));
    assertThat(result.path("restored").asInt()).as(result.toString()).isEqualTo(EVENTS);
    assertThat(result.path("verified").asInt()).isEqualTo(EVENTS);
    assertThat(result.path("damaged").asInt()).isZero();
    assertThat(sum(hubs.fresh())).as("ids, times, keys, bodies").isEqualTo(sum(hubs.old()));
    assertThat(keys(hubs.fresh())).isEqualTo(EVENTS);
    assertThat(deliveries(hubs.fresh())).isZero();

    JsonNode again = ArchivedHubs.run(hubs.fresh(), "archive-restore", Map.of("deliver", true));
    assertThat(again.path("there").asInt()).isEqualTo(EVENTS);
    assertThat(again.path("restored").asInt()).isZero();
    StripeSender provider = StripeSender.to(hubs.fresh());
    assertThat(provider.post(bodies.getFirst()).body()).contains("\"status\":\"duplicate\"");
    assertThat(provider.post(bodies.getLast()).body()).contains("\"status\":\"duplicate\"");
    assertThat(deliveries(hubs.fresh())).isZero();
  }

  @Test
  @Order(2)
  void aDamagedObjectIsNamedAndTheRestComesBack() throws Exception {
    ArchivedHubs.post(hubs.old(), "damaged", 200);
    ArchivedHubs.awaitArchived(hubs.old());
    hubs.moveArchive();
    List<Path> objects = ArchivedHubs.objects(hubs.fresh());
    Path hit = objects.getLast();
    byte[] bytes = Files.readAllBytes(hit);
    bytes[bytes.length / 2] ^= 1;
    Files.write(hit, bytes);
    try {
      JsonNode verified = ArchivedHubs.run(hubs.fresh(), "archive-verify", Map.of());
      assertThat(verified.path("objects").asInt()).isGreaterThan(1);
      assertThat(verified.path("damaged").asInt()).as(verified.toString()).isPositive();
      String name = hit.getFileName().toString().split("~", 2)[0];
      assertThat(verified.path("damages").toString()).contains(name);

      JsonNode restored = ArchivedHubs.run(hubs.fresh(), "archive-restore", Map.of());
      assertThat(restored.path("damages").toString()).contains(name);
      assertThat(restored.path("bad").asInt()).as("nothing false is accepted").isZero();
      assertThat(restored.path("restored").asInt() + restored.path("there").asInt()).isPositive();
    } finally {
      hubs.moveArchive();
    }
    JsonNode mended = ArchivedHubs.run(hubs.fresh(), "archive-restore", Map.of());
    assertThat(mended.path("damaged").asInt()).isZero();
    assertThat(sum(hubs.fresh())).isEqualTo(sum(hubs.old()));
  }

  @Test
  @Order(3)
  void whoIsForgottenIsGoneFromLogAndArchiveAndStaysSo() throws Exception {
    List<String> bodies = ArchivedHubs.post(hubs.old(), "gone", 200);
    ArchivedHubs.awaitArchived(hubs.old());
    hubs.moveArchive(); // as it was before
    String salt = "00112233445566778899aabbccddeeff";
    String subject = "cus_gone_7";
    Map<String, Object> asked =
        Map.of("salt", salt, "hash", ArchivedHubs.hash(salt + subject), "dry_run", true);
    JsonNode dry = ArchivedHubs.run(hubs.old(), "erase-subject", asked);
    assertThat(dry.at("/log/events").asInt()).isEqualTo(2);
    assertThat(dry.at("/archive/lines").asInt()).isEqualTo(2);
    assertThat(bodies(hubs.old(), subject)).isEqualTo(2);

    Map<String, Object> meant = new HashMap<>(asked);
    meant.put("dry_run", false);
    JsonNode done = ArchivedHubs.run(hubs.old(), "erase-subject", meant);
    assertThat(done.at("/log/events").asInt()).as(done.toString()).isEqualTo(2);
    assertThat(done.at("/archive/lines").asInt()).isEqualTo(2);
    assertThat(bodies(hubs.old(), subject)).isZero();
    assertThat(ArchivedHubs.contents(hubs.old()))
        .contains("\"cus_gone_8\"")
        .doesNotContain("\"%s\"".formatted(subject))
        .doesNotContain("\"%s\\\"".formatted(subject));
    assertThat(ArchivedHubs.run(hubs.old(), "archive-verify", Map.of()).path("damaged").asInt())
        .isZero();
    String copy = bodies.get(7);
    assertThat(copy).contains(subject);
    assertThat(StripeSender.to(hubs.old()).post(copy).body()).contains("duplicate");

    // An older copy of the archive comes back, and what is known of the forgotten with it.
    hubs.moveErasures();
    JsonNode restored = ArchivedHubs.run(hubs.fresh(), "archive-restore", Map.of());
    assertThat(restored.path("erased").asInt()).as(restored.toString()).isEqualTo(2);
    assertThat(bodies(hubs.fresh(), subject)).isZero();
    assertThat(StripeSender.to(hubs.fresh()).post(copy).body()).contains("duplicate");
  }

  private static long bodies(TestHub hub, String subject) {
    return hub.database()
        .sql(
            """
            select count(*) from serai.event
            where subject = :subject or convert_from(body, 'UTF8') like '%"' || :subject || '"%'
            """)
        .param("subject", subject)
        .query(Long.class)
        .single();
  }

  private static long events(TestHub hub) {
    return count(hub, "select count(*) from serai.event where source = 'stripe'");
  }

  private static long keys(TestHub hub) {
    return count(hub, "select count(*) from serai.event_key where source = 'stripe'");
  }

  private static long deliveries(TestHub hub) {
    return count(
        hub,
        """
        select count(*) from serai.delivery d join serai.event e on e.id = d.event_id
        where e.source = 'stripe'
        """);
  }

  private static long count(TestHub hub, String query) {
    return hub.database().sql(query).query(Long.class).single();
  }

  /** Differs as soon as anything of any event does. */
  static String sum(TestHub hub) {
    return hub.database()
        .sql(
            """
            select count(*) || ' ' || coalesce(sum(hashtextextended(concat_ws('|', id, source, type, key,
              subject, workspace, extract(epoch from time), extract(epoch from received_at), content_type,
              verified_by, causation_id, hops, signature, conflict, sensitive, body), 0)), 0)
            from serai.event where source = 'stripe'
            """)
        .query(String.class)
        .single();
  }
}
