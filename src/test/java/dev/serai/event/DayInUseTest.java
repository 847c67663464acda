package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What becomes of a day that is to be forgotten while somebody reads the log? */
@EngineTurn
class DayInUseTest {

  private static final LocalDate DAY = LocalDate.parse("2026-02-05");

  private final TestHub hub = TestHub.engine();

  @Test
  void itIsLeftForTheNextRun() throws Exception {
    hub.database()
        .sql("select serai.add_day(:day)")
        .param("day", DAY)
        .query(Boolean.class)
        .single();
    try (Connection reader = hub.bean("dataSource", DataSource.class).getConnection()) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("select from serai.event limit 1");

      retain();
      assertThat(exists()).isTrue();
      reader.rollback();
    }

    retain();
    assertThat(exists()).isFalse();
  }

  private void retain() throws InterruptedException {
    Duration month = Duration.ofDays(30);
    RetentionSettings settings =
        new RetentionSettings(
            month, Duration.ofDays(100_000), month, Map.of(), month, month, month, month);
    RetentionParts.forget(new Retention(hub.database(), settings, Clock.systemUTC()));
  }

  private boolean exists() {
    return hub.database()
        .sql("select to_regclass('serai.event_20260205') is not null")
        .query(Boolean.class)
        .single();
  }
}
