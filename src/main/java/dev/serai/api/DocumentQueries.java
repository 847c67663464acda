package dev.serai.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what jobs have written. */
@Component
class DocumentQueries {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A cursor is what the page before ended with; none has the character between. */
  private static final String LIST =
      """
      select kind, workspace, period, made_at, event_id,
        concat_ws(chr(31), period, kind, workspace) as place
      from serai.document
      where (:kind::text is null or kind = :kind)
        and (:workspace::text is null or workspace = :workspace)
        and (:period::text is null or period = :period)
        and (:cursor::text is null or (period collate "C", kind collate "C", workspace collate "C")
          < (split_part(:cursor, chr(31), 1), split_part(:cursor, chr(31), 2),
            split_part(:cursor, chr(31), 3)))
      order by period collate "C" desc, kind collate "C" desc, workspace collate "C" desc
      limit :most
      """;

  private final JdbcClient jdbc;

  DocumentQueries(@Qualifier("readDataSource") DataSource reads) {
    this.jdbc = JdbcClient.create(reads);
  }

  /** One row more than a page has, if there are so many. */
  List<Placed> list(QueryParameters wanted, int limit) {
    return jdbc.sql(LIST)
        .param("kind", wanted.text("kind"))
        .param("workspace", wanted.text("workspace"))
        .param("period", wanted.text("period"))
        .param("cursor", wanted.text("cursor"))
        .param("most", limit + 1)
        .query((row, number) -> new Placed(row.getString("place"), view(row, null)))
        .list();
  }

  Optional<DocumentView> find(String kind, String workspace, String period) {
    return one("*", kind, workspace, period)
        .query((row, number) -> view(row, data(row.getString("data"))))
        .optional();
  }

  Optional<String> html(String kind, String workspace, String period) {
    return one("html", kind, workspace, period).query(String.class).optional();
  }

  private JdbcClient.StatementSpec one(
      String columns, String kind, String workspace, String period) {
    return jdbc.sql(
            "select "
                + columns
                + " from serai.document"
                + " where kind = :kind and workspace = :workspace and period = :period")
        .param("kind", kind)
        .param("workspace", workspace)
        .param("period", period);
  }

  private static JsonNode data(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static DocumentView view(ResultSet row, @Nullable JsonNode data) throws SQLException {
    return new DocumentView(
        row.getString("kind"),
        row.getString("workspace"),
        row.getString("period"),
        Times.instant(row, "made_at"),
        row.getObject("event_id", UUID.class),
        data);
  }

  /**
   * A row of a listing.
   *
   * @param place where it is in the order
   */
  record Placed(String place, DocumentView document) {}
}
