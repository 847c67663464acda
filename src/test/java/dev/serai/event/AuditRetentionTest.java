package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How long does the audit log remember? */
@EngineTurn
class AuditRetentionTest {

  private final TestHub hub = TestHub.engine();
  private final JdbcClient jdbc = hub.database();
  private final String key = "k" + UUID.randomUUID();

  @Test
  void callsGoAfterTheirOwnTime() throws Exception {
    call(Duration.ofDays(41));
    call(Duration.ofDays(39));

    RetentionParts.forget(retention());

    assertThat(
            jdbc.sql("select at from serai.audit where key = ?")
                .param(key)
                .query((row, number) -> Times.instant(row, "at"))
                .list())
        .singleElement()
        .matches(at -> at.isAfter(Instant.now().minus(Duration.ofDays(40))));
  }

  private Retention retention() {
    Duration forEver = Duration.ofDays(100_000);
    RetentionSettings settings =
        new RetentionSettings(
            Duration.ofDays(30),
            forEver,
            Duration.ofDays(35),
            Map.of(),
            Duration.ofDays(30),
            Duration.ofDays(40),
            Duration.ofHours(1),
            Duration.ofDays(7));
    return new Retention(jdbc, settings, Clock.systemUTC());
  }

  private void call(Duration age) {
    Instant at = Instant.now().minus(age);
    jdbc.sql(
            """
            insert into serai.audit (id, at, key, role, remote, method, path, parameters)
            values (?, ?, ?, 'admin', '127.0.0.1', 'POST', '/', '{}')
            """)
        .params(EventIds.least(at), Times.utc(at), key)
        .update();
  }
}
