package dev.serai.api;

import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Backups that are in the bucket; runs of jobs make and verify them. */
@RestController
@RequestMapping("/api/v1/backups")
class BackupsController {

  /** A cursor is what the page before ended with. */
  private static final String LIST =
      """
      select *, name || '/' || kind as place from serai.backup
      where (:kind::text is null or kind = :kind)
        and (:cursor::text is null or (name || '/' || kind) collate "C" < :cursor)
      order by (name || '/' || kind) collate "C" desc limit :most
      """;

  private static final List<String> KINDS = List.of("database", "redis");

  private final JdbcClient jdbc;

  BackupsController(@Qualifier("readDataSource") DataSource reads) {
    this.jdbc = JdbcClient.create(reads);
  }

  /**
   * Lists backups, the newest first.
   *
   * @param kind only those of {@code database} or of {@code redis}
   * @param cursor {@code next} of the page before
   * @param limit most backups of a page, 1 to 1000
   */
  @GetMapping
  Page list(
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "100") int limit) {
    EventFilter.requireLimit(limit);
    if (kind != null && !KINDS.contains(kind)) {
      throw Problem.badRequest(
          "Parameter 'kind' is '%s'; it must be one of %s".formatted(kind, KINDS));
    }
    List<BackupView> backups =
        jdbc.sql(LIST)
            .param("kind", kind)
            .param("cursor", cursor)
            .param("most", limit + 1)
            .query((row, number) -> view(row))
            .list();
    Slice<BackupView> page = Slice.of(backups, limit);
    return new Page(page.rows(), page.next(backup -> backup.name() + "/" + backup.kind()));
  }

  private static BackupView view(ResultSet row) throws SQLException {
    return new BackupView(
        row.getString("kind"),
        row.getString("name"),
        Times.instant(row, "taken_at"),
        Times.instant(row, "finished_at"),
        row.getLong("rows"),
        row.getLong("bytes"),
        row.getString("version"),
        Times.instantOrNull(row, "verified_at"));
  }

  /**
   * One page of backups.
   *
   * @param backups the newest first
   * @param next the cursor of the page after it; missing on the last one
   */
  record Page(List<BackupView> backups, @Nullable String next) {}

  /**
   * A backup.
   *
   * @param kind {@code database} or {@code redis}
   * @param name the slot of its run; its objects are below {@code <kind>/<name>/} in the bucket
   * @param takenAt the moment that it shows; of Redis, when it was begun
   * @param finishedAt when all of it was in the bucket
   * @param rows how many rows it has; of Redis, keys
   * @param bytes the size of its objects
   * @param version that of the tables; of Redis, the server's
   * @param verifiedAt when it was last restored and was right; missing if it never was
   */
  record BackupView(
      String kind,
      String name,
      Instant takenAt,
      Instant finishedAt,
      long rows,
      long bytes,
      String version,
      @Nullable Instant verifiedAt) {}
}
