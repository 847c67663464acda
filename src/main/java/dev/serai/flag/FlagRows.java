package dev.serai.flag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The table of flags. */
final class FlagRows {

  private static final TypeReference<Map<String, Boolean>> OVERRIDES = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final ObjectMapper json = new ObjectMapper();

  FlagRows(DataSource engine) {
    this.jdbc = JdbcClient.create(engine);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(engine));
  }

  /** Goes up with each change. */
  long version() {
    return jdbc.sql("select version from serai.flag_version").query(Long.class).single();
  }

  Map<String, Flag> all() {
    return jdbc.sql("select * from serai.flag").query((row, number) -> flag(row)).list().stream()
        .collect(Collectors.toUnmodifiableMap(Flag::name, flag -> flag));
  }

  void put(Flag flag) {
    transaction.executeWithoutResult(
        status -> {
          count();
          jdbc.sql(
                  """
                  insert into serai.flag (name, description, enabled, percentage, users, workspaces,
                    changed_at, changed_by)
                  values (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?, ?)
                  on conflict (name) do update set description = excluded.description,
                    enabled = excluded.enabled, percentage = excluded.percentage,
                    users = excluded.users, workspaces = excluded.workspaces,
                    changed_at = excluded.changed_at, changed_by = excluded.changed_by
                  """)
              .params(
                  flag.name(),
                  flag.description(),
                  flag.enabled(),
                  flag.percentage(),
                  text(flag.users()),
                  text(flag.workspaces()),
                  flag.changedAt().atOffset(ZoneOffset.UTC),
                  flag.changedBy())
              .update();
        });
  }

  boolean delete(String name) {
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              count();
              return jdbc.sql("delete from serai.flag where name = ?").param(name).update() > 0;
            }));
  }

  /** Changes take turns at this row, so what a version counts is there when the version is. */
  private void count() {
    jdbc.sql("update serai.flag_version set version = version + 1").update();
  }

  private Flag flag(ResultSet row) throws SQLException {
    return new Flag(
        row.getString("name"),
        row.getString("description"),
        row.getBoolean("enabled"),
        row.getBigDecimal("percentage"),
        overrides(row.getString("users")),
        overrides(row.getString("workspaces")),
        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
        row.getString("changed_by"));
  }

  private Map<String, Boolean> overrides(String text) {
    try {
      return json.readValue(text, OVERRIDES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A flag's row has no overrides", e);
    }
  }

  private String text(Map<String, Boolean> overrides) {
    try {
      return json.writeValueAsString(overrides);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
