package dev.serai.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Does the SQL of docs/redis.md refuse a holder whose lock is another's by now? */
class FenceTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final TestHub hub = TestHub.shared();
  private final JdbcClient database = hub.database();
  private final String table = "report_" + UUID.randomUUID().toString().replace("-", "");

  @BeforeEach
  void create() {
    database.sql("create table %s (id int, body text, fence bigint)".formatted(table)).update();
    database.sql("insert into %s values (1, 'none', 0)".formatted(table)).update();
  }

  @AfterEach
  void drop() {
    database.sql("drop table " + table).update();
  }

  @Test
  void whoStoodStillPastItsTimeWritesNothing() {
    Locks locks = hub.bean(Locks.class);
    HeldLock stopped = locks.tryAcquire(table, Duration.ofMillis(50)).orElseThrow();
    await().until(() -> hub.bean(Redis.class).require().sync().exists("serai:lock:" + table) == 0);
    HeldLock next = locks.tryAcquire(table, LONG).orElseThrow();

    assertThat(write(next, "of the next")).isEqualTo(1);
    assertThat(write(stopped, "of the late")).isZero();
    assertThat(write(next, "of the next, again")).isEqualTo(1);
    assertThat(database.sql("select body from " + table).query(String.class).single())
        .isEqualTo("of the next, again");
  }

  private int write(HeldLock lock, String body) {
    return database
        .sql(
            "update %s set body = :body, fence = :token where id = 1 and fence <= :token"
                .formatted(table))
        .param("body", body)
        .param("token", lock.token())
        .update();
  }
}
