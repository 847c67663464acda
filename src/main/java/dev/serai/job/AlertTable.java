package dev.serai.job;

import dev.serai.event.Times;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The alerts that last. */
final class AlertTable {

  private final JdbcClient jdbc;

  AlertTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<OpenAlert> all() {
    return jdbc.sql(
            """
            select a.*, j.name from serai.job_alert a join serai.job j on j.id = a.job_id
            order by a.raised_at, j.name
            """)
        .query(
            (row, number) ->
                new OpenAlert(
                    row.getInt("job_id"),
                    row.getString("name"),
                    AlertCause.of(row.getString("cause")),
                    Times.instant(row, "raised_at"),
                    Times.instantOrNull(row, "slot"),
                    row.getString("detail")))
        .list();
  }

  Map<Integer, List<OpenAlert>> byJob() {
    return all().stream().collect(Collectors.groupingBy(OpenAlert::jobId));
  }
}
