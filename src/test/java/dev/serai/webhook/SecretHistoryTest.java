package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** How old is a source's secret, who still signs with it, and when does it end? */
class SecretHistoryTest {

  private static final TestHub HUB = SecretsHub.shared();

  private final Instant begin = Instant.now().minusMillis(1);

  @Test
  void eachSecretIsListedWithItsExpiryItsAgeAndItsLastUse() throws Exception {
    assertThat(SecretsHub.post("aged", SecretsHub.OLD)).isEqualTo(200);
    JsonNode listed =
        await()
            .until(
                () -> SecretsHub.source("aged"),
                found -> found.at("/valid_secrets/0").has("first_seen_at"));

    JsonNode old = listed.at("/valid_secrets/0");
    JsonNode fresh = listed.at("/valid_secrets/1");
    assertThat(listed.path("valid_secrets")).hasSize(2);
    assertThat(listed.path("unusable_secrets").asInt()).isZero();
    assertThat(old.path("fingerprint").asText()).isEqualTo(SecretsHub.OLD.fingerprint());
    assertThat(old.path("expires_at").asText()).isEqualTo(SecretsHub.EXPIRY.toString());
    assertThat(time(old, "last_used_at")).isBetween(begin, Instant.now());
    assertThat(time(old, "first_seen_at")).isBefore(Instant.now());
    assertThat(time(listed, "last_accepted_at")).isEqualTo(time(old, "last_used_at"));
    assertThat(fresh.path("fingerprint").asText()).isEqualTo(SecretsHub.NEW.fingerprint());
    assertThat(fresh.has("expires_at")).isFalse();
    assertThat(listed.toString()).doesNotContain("whsec_");
  }

  /** What another hub would know that starts now. */
  @Test
  void hubsTellEachOtherAndNothingIsLostByARestart() throws Exception {
    SecretHistory here = HUB.bean(SecretHistory.class);
    assertThat(SecretsHub.post("half", SecretsHub.NEW)).isEqualTo(200);
    here.share();
    SecretHistory there = another();
    assertThat(there.lastUsed("half")).isNull();
    there.share();

    SecretUse seen = there.of("half", SecretsHub.NEW);
    assertThat(seen.lastUsedAt()).isCloseTo(here.lastUsed("half"), within(1, ChronoUnit.MILLIS));
    assertThat(seen.firstSeenAt()).isEqualTo(here.of("half", SecretsHub.NEW).firstSeenAt());
    assertThat(there.lastUsed("half")).isEqualTo(seen.lastUsedAt());

    there.used("half", SecretsHub.NEW.fingerprint());
    there.share();
    here.share();
    assertThat(here.lastUsed("half")).isAfter(seen.lastUsedAt());
    assertThat(here.of("half", SecretsHub.NEW).firstSeenAt()).isEqualTo(seen.firstSeenAt());
  }

  private static SecretHistory another() {
    return new SecretHistory(
        HUB.bean("engineDataSource", DataSource.class),
        HUB.bean(SourceSecrets.class),
        HUB.bean(Clock.class));
  }

  @Test
  void theTableHasNoSecret() {
    HUB.bean(SecretHistory.class).share();
    List<String> rows =
        HUB.database().sql("select s::text from serai.secret s").query(String.class).list();
    assertThat(rows)
        .anyMatch(row -> row.contains(SecretsHub.OLD.fingerprint()))
        .noneMatch(row -> row.contains("whsec"))
        .noneMatch(row -> row.contains(WarmUp.SOURCE));
  }

  @Test
  void healthNamesSourcesThatWillRefuseEverythingAndThoseThatDo() throws Exception {
    JsonNode health = Api.of(HUB).get("/health/detailed").json().at("/components/sources");
    JsonNode details = health.path("details");

    assertThat(health.path("status").asText()).isEqualTo("DEGRADED");
    assertThat(details.path("aged").asText()).isEqualTo("ok");
    assertThat(details.path("stripe").asText()).isEqualTo("ok");
    assertThat(details.path("ending").asText())
        .contains("no secret counts beyond " + SecretsHub.EXPIRY);
    assertThat(details.path("half").asText()).contains("1 of its secrets can't be used");
    assertThat(details.path("broken").asText())
        .contains("refuses everything", "1 can't be used", "the log");
    assertThat(SecretsHub.source("broken").path("unusable_secrets").asInt()).isEqualTo(1);
    assertThat(SecretsHub.source("broken").path("open").asBoolean()).isFalse();
  }

  private static Instant time(JsonNode node, String member) {
    return Instant.parse(node.path(member).asText());
  }
}
