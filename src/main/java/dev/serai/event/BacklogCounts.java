package dev.serai.event;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts what waits for each subscription. */
public final class BacklogCounts {

  /** Counting stops here: a backlog of millions is as clear from ten thousand. */
  private static final int MOST = 10_000;

  /** For each row {@code s} of the subscriptions: open.count, open.oldest, dead.count. */
  public static final String OPEN_AND_DEAD =
      """
        lateral (select count(*), min(due_at) as oldest from (
          select due_at from serai.delivery d
          where d.open and d.subscription_id = s.id limit %1$s) as o) as open,
        lateral (select count(*) from (
          select 1 from serai.delivery d
          where d.dead and d.subscription_id = s.id limit %1$s) as o) as dead
      """
          .formatted(MOST);

  private static final String COUNT =
      """
      select s.name, open.count as open, open.oldest, dead.count as dead
      from serai.subscription s, %s
      where s.state <> 'retired'
      """
          .formatted(OPEN_AND_DEAD);

  private final JdbcClient jdbc;

  BacklogCounts(DataSource reads) {
    this.jdbc = JdbcClient.create(reads);
  }

  public List<BacklogCount> all() {
    return jdbc.sql(COUNT)
        .query(
            (row, number) ->
                new BacklogCount(
                    row.getString("name"),
                    row.getInt("open"),
                    Times.instantOrNull(row, "oldest"),
                    row.getInt("dead")))
        .list();
  }
}
