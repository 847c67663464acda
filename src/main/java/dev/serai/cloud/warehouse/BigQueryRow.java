package dev.serai.cloud.warehouse;

import com.google.api.services.bigquery.model.TableDataInsertAllRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row as it is sent.
 *
 * @param values as BigQuery reads them, by column
 * @param size about how many bytes of a request it takes
 */
record BigQueryRow(int index, String id, Map<String, Object> values, long size) {

  /** BigQuery's advice for a request; its limits are 50,000 rows and 10 MB. */
  private static final int MOST_ROWS = 500;

  private static final long MOST_BYTES = 9_000_000;
  private static final int AROUND = 64;
  private static final int LONGEST_ID = 128;

  /** Those that are not too large; the others become errors. */
  static List<BigQueryRow> of(TableSchema schema, List<Rows.Good> rows, List<RowError> errors) {
    List<BigQueryRow> fit = new ArrayList<>();
    for (Rows.Good good : rows) {
      BigQueryRow row = of(schema, good);
      if (row.size <= MOST_BYTES) {
        fit.add(row);
      } else {
        errors.add(
            new RowError(
                good.index(),
                good.id(),
                RowError.OUT_OF_RANGE,
                null,
                null,
                "a row of %s has about %s bytes; BigQuery takes %s"
                    .formatted(schema.name(), row.size, MOST_BYTES)));
      }
    }
    return fit;
  }

  private static BigQueryRow of(TableSchema schema, Rows.Good good) {
    Map<String, Object> values = new LinkedHashMap<>();
    long size = AROUND + 2L * good.id().length();
    for (Column column : schema.columns().values()) {
      if (good.texts().has(column.name())) {
        String text =
            switch (column.type()) {
              case JSON -> good.texts().get(column.name()).toString();
              case TIMESTAMP -> good.texts().get(column.name()).textValue() + "Z";
              default -> good.texts().get(column.name()).textValue();
            };
        values.put(column.name(), text);
        size += column.name().length() + encoded(text);
      }
    }
    return new BigQueryRow(good.index(), good.id(), values, size);
  }

  /** In JSON a line's end has two bytes, and other control characters six. */
  private static long encoded(String text) {
    return 6
        + text.getBytes(StandardCharsets.UTF_8).length
        + text.chars().filter(c -> c == '"' || c == '\\').count()
        + 5 * text.chars().filter(c -> c < ' ' || c == '<' || c == '>' || c == '&').count();
  }

  /** As many in each as a request may have. */
  static List<List<BigQueryRow>> chunks(List<BigQueryRow> rows) {
    List<List<BigQueryRow>> chunks = new ArrayList<>();
    List<BigQueryRow> chunk = new ArrayList<>();
    long size = 0;
    for (BigQueryRow row : rows) {
      if (!chunk.isEmpty() && (chunk.size() == MOST_ROWS || size + row.size > MOST_BYTES)) {
        chunks.add(chunk);
        chunk = new ArrayList<>();
        size = 0;
      }
      chunk.add(row);
      size += row.size;
    }
    if (!chunk.isEmpty()) {
      chunks.add(chunk);
    }
    return chunks;
  }

  TableDataInsertAllRequest.Rows sent() {
    return new TableDataInsertAllRequest.Rows().setInsertId(insertId()).setJson(values);
  }

  private String insertId() {
    if (id.length() <= LONGEST_ID) {
      return id;
    }
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text of a column that each row has. */
  String text(Column column) {
    return String.valueOf(values.get(column.name()));
  }
}
