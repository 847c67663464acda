package dev.serai.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Binds the columns of a list of rows as arrays, in the order of the statement's parameters.
 *
 * <p>The driver sends arrays of these types in binary. Times go as microseconds since the epoch and
 * ids as text, for which it has no binary form.
 */
final class ArrayBinder {

  private final Connection connection;
  private final PreparedStatement statement;
  private int position;

  ArrayBinder(Connection connection, PreparedStatement statement) {
    this.connection = connection;
    this.statement = statement;
  }

  <T> void texts(List<T> rows, Function<T, @Nullable String> value) throws SQLException {
    @Nullable String[] values = new @Nullable String[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(rows.get(i));
    }
    array("text", values);
  }

  <T> void ids(List<T> rows, Function<T, @Nullable UUID> value) throws SQLException {
    texts(
        rows,
        row -> {
          UUID id = value.apply(row);
          return id == null ? null : id.toString();
        });
  }

  <T> void bytes(List<T> rows, Function<T, byte @Nullable []> value) throws SQLException {
    byte[] @Nullable [] values = new byte[rows.size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.apply(rows.get(i));
    }
    array("bytea", values);
  }

  <T> void numbers(List<T> rows, ToIntFunction<T> value) throws SQLException {
    int[] values = new int[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.applyAsInt(rows.get(i));
    }
    array("int4", values);
  }

  <T> void flags(List<T> rows, Predicate<T> value) throws SQLException {
    boolean[] values = new boolean[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.test(rows.get(i));
    }
    array("bool", values);
  }

  <T> void times(List<T> rows, Function<T, @Nullable Instant> value) throws SQLException {
    @Nullable Long[] values = new @Nullable Long[rows.size()];
    for (int i = 0; i < values.length; i++) {
      Instant time = value.apply(rows.get(i));
      values[i] = time == null ? null : Times.micros(time);
    }
    array("int8", values);
  }

  void number(long value) throws SQLException {
    statement.setLong(++position, value);
  }

  void time(Instant value) throws SQLException {
    number(Times.micros(value));
  }

  private void array(String type, Object values) throws SQLException {
    // The driver's own method takes primitive arrays too, without boxing.
    statement.setArray(
        ++position,
        connection.unwrap(org.postgresql.PGConnection.class).createArrayOf(type, values));
  }
}
