package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.event.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Is nothing refused while secrets are rotated? Docs/operations.md's runbook, step by step, under
 * load, with two hubs that are started anew one after the other, and with every scheme at once.
 */
@Execution(ExecutionMode.CONCURRENT)
class RotationTest {

  private static final JdbcClient DATABASE = TestHub.shared().database();

  @Test
  void nothingIsRefusedAndAllThatIsAcknowledgedIsStored() throws Exception {
    Instant begin = Instant.now();
    Instant expiry = begin.plus(Duration.ofHours(24));
    try (RotatingHubs hubs = new RotatingHubs();
        RotatingSenders senders = new RotatingSenders(hubs)) {
      for (int i = 0; i < 2; i++) {
        hubs.start(senders.settings((old, fresh) -> old));
      }
      senders.start();
      senders.awaitProgress();

      // The hubs learn the new secrets; the senders still sign with the old ones.
      hubs.restartEach(
          senders.settings((old, fresh) -> "%s@%s|%s".formatted(old, expiry, fresh)),
          senders::awaitProgress);
      assertThat(lastUse(hubs.any(), senders.names(), 1)).isEmpty();

      // The senders switch, in no order.
      senders.sign(RotatingSenders.Secrets.EITHER);
      senders.awaitProgress();
      senders.sign(RotatingSenders.Secrets.NEW);
      senders.awaitSettled();

      // What /api/v1/sources says tells when the old ones can go.
      Instant switched = Instant.now();
      senders.awaitProgress();
      await()
          .untilAsserted(
              () ->
                  assertThat(lastUse(hubs.any(), senders.names(), 1))
                      .hasSameSizeAs(senders.names())
                      .allSatisfy((source, used) -> assertThat(used).isAfter(switched)));
      assertThat(lastUse(hubs.any(), senders.names(), 0))
          .hasSameSizeAs(senders.names())
          .allSatisfy((source, used) -> assertThat(used).isBefore(switched));

      hubs.restartEach(senders.settings((old, fresh) -> fresh), senders::awaitProgress);
      senders.stop();

      assertThat(senders.refusals()).isEmpty();
      assertThat(senders.acknowledged()).hasSizeGreaterThan(500);
      Set<String> lost = new HashSet<>(senders.acknowledged());
      stored(begin).forEach(lost::remove);
      assertThat(lost).as("acknowledged and not stored").isEmpty();
      assertThat(refusalsKept(senders.names())).isZero();
      assertThat(senders.once(RotatingSenders.Secrets.OLD)).containsOnly(401);
      Map<String, List<String>> verifiers = verifiers(begin);
      senders
          .fingerprints()
          .forEach(
              (source, both) ->
                  assertThat(verifiers.get(source)).containsExactlyInAnyOrderElementsOf(both));
    }
  }

  /** When the sources' secret of this place was last used, where it was. */
  private static Map<String, Instant> lastUse(TestHub hub, List<String> sources, int place)
      throws Exception {
    Map<String, Instant> uses = new HashMap<>();
    for (JsonNode source : Api.of(hub).get("/api/v1/sources").json().path("sources")) {
      String name = source.path("name").asText();
      JsonNode used = source.path("valid_secrets").path(place).path("last_used_at");
      if (sources.contains(name) && used.isTextual()) {
        uses.put(name, Instant.parse(used.asText()));
      }
    }
    return uses;
  }

  private static List<String> stored(Instant since) {
    return DATABASE
        .sql("select id::text from serai.event where received_at >= :since")
        .param("since", Times.utc(since))
        .query(String.class)
        .list();
  }

  private static Map<String, List<String>> verifiers(Instant since) {
    return DATABASE
        .sql(
            """
            select distinct source, verified_by from serai.event
            where received_at >= :since and verified_by is not null
            """)
        .param("since", Times.utc(since))
        .query((row, number) -> Map.entry(row.getString(1), row.getString(2)))
        .list()
        .stream()
        .collect(
            Collectors.groupingBy(
                Map.Entry::getKey,
                TreeMap::new,
                Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
  }

  private static int refusalsKept(List<String> sources) {
    return DATABASE
        .sql(
            "select count(*) from serai.refusal where source = any(:sources) and cause <>"
                + " 'storage'")
        .param("sources", sources.toArray(String[]::new))
        .query(Integer.class)
        .single();
  }
}
