package dev.serai.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.serai.TestHub;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** db-scheduler on the same PostgreSQL, with as many connections as threads. */
final class DbScheduler implements AutoCloseable {

  static final int THREADS = 32;

  /** As its documentation has it. */
  private static final String TABLE =
      """
      create table if not exists scheduled_tasks (
        task_name text not null, task_instance text not null, task_data bytea,
        execution_time timestamptz not null, picked boolean not null, picked_by text,
        last_success timestamptz, last_failure timestamptz, consecutive_failures int,
        last_heartbeat timestamptz, version bigint not null, priority smallint,
        primary key (task_name, task_instance));
      create index if not exists execution_time_idx on scheduled_tasks (execution_time);
      create index if not exists last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      """;

  private final HikariDataSource connections;

  DbScheduler(TestHub hub) throws SQLException {
    connections = hub.connections(THREADS);
    JdbcClient.create(connections).sql(TABLE).update();
  }

  /** Begins with tasks that are due then. */
  Run schedule(int tasks, Instant due, boolean lockAndFetch) {
    OneTimeTask<Void> task = Tasks.oneTime("speed").execute((instance, context) -> {});
    var builder =
        Scheduler.create(connections, task).threads(THREADS).pollingInterval(Duration.ofSeconds(1));
    Scheduler scheduler =
        (lockAndFetch ? builder.pollUsingLockAndFetch(1.0, 4.0) : builder).build();
    scheduler.scheduleBatch(
        IntStream.range(0, tasks)
            .<TaskInstance<?>>mapToObj(i -> task.instance(UUID.randomUUID().toString()))
            .toList(),
        due);
    scheduler.start();
    return new Run(
        "db-scheduler" + (lockAndFetch ? ", lock and fetch" : ""), tasks, scheduler, connections);
  }

  @Override
  public void close() {
    connections.close();
  }

  /** A scheduler at work. */
  record Run(String name, int tasks, Scheduler scheduler, DataSource connections)
      implements AutoCloseable {

    /** How many have ended: they are deleted then. */
    int ended() {
      return tasks
          - JdbcClient.create(connections)
              .sql("select count(*) from scheduled_tasks")
              .query(Integer.class)
              .single();
    }

    @Override
    public void close() {
      scheduler.stop();
    }
  }
}
