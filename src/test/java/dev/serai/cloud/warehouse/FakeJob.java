package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One that runs. */
final class FakeJob {

  private final FakeDuck duck;
  private final FakeSql sql;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable PreparedStatement running;
  private volatile @Nullable Result result;
  private volatile BigQueryFake.@Nullable Refusal refusal;

  /** What it has found. */
  record Result(ArrayNode fields, List<JsonNode> rows) {}

  FakeJob(FakeDuck duck, FakeSql sql, Optional<String> tooLarge) {
    this.duck = duck;
    this.sql = sql;
    tooLarge.ifPresent(
        said -> refusal = new BigQueryFake.Refusal(400, "bytesBilledLimitExceeded", said));
  }

  void start() {
    if (refusal == null) {
      Thread.ofPlatform().daemon().start(this::run);
    } else {
      ended.countDown();
    }
  }

  private void run() {
    try (Connection connection = duck.connect();
        PreparedStatement statement = sql.prepare(connection)) {
      running = statement;
      try (ResultSet rows = statement.executeQuery()) {
        result = read(rows);
      }
    } catch (SQLException e) {
      refusal = new BigQueryFake.Refusal(400, "invalidQuery", String.valueOf(e.getMessage()));
    } finally {
      ended.countDown();
    }
  }

  void cancel() {
    try {
      PreparedStatement statement = running;
      if (statement != null) {
        statement.cancel();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean ends(long millis) {
    try {
      return ended.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Result result() throws BigQueryFake.Refusal {
    BigQueryFake.Refusal wrong = refusal;
    if (wrong != null) {
      throw wrong;
    }
    return Objects.requireNonNull(result);
  }

  private static Result read(ResultSet found) throws SQLException {
    ResultSetMetaData about = found.getMetaData();
    ArrayNode fields = BigQueryFake.JSON.createArrayNode();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      fields
          .addObject()
          .put("name", about.getColumnLabel(i))
          .put("type", type(about.getColumnTypeName(i)))
          .put("mode", "NULLABLE");
    }
    List<JsonNode> rows = new ArrayList<>();
    while (found.next()) {
      ObjectNode row = BigQueryFake.JSON.createObjectNode();
      ArrayNode cells = row.putArray("f");
      for (int i = 1; i <= about.getColumnCount(); i++) {
        cells.addObject().put("v", text(found.getObject(i)));
      }
      rows.add(row);
    }
    return new Result(fields, rows);
  }

  private static @Nullable String text(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Timestamp time -> {
        var instant = time.toLocalDateTime().toInstant(ZoneOffset.UTC);
        yield Long.toString(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000);
      }
      default -> value.toString();
    };
  }

  private static String type(String duck) {
    return switch (duck) {
      case "BIGINT", "INTEGER", "HUGEINT" -> "INTEGER";
      case "DOUBLE" -> "FLOAT";
      case "BOOLEAN", "TIMESTAMP", "DATE", "JSON" -> duck;
      default -> duck.startsWith("DECIMAL") ? "NUMERIC" : "STRING";
    };
  }
}
