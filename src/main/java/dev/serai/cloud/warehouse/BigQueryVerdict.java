package dev.serai.cloud.warehouse;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.TableDataInsertAllResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What BigQuery said of rows that it was sent.
 *
 * @param refused those that it will never take
 * @param again those that may be sent again, for nothing is wrong with them
 * @param isProgress whether anything became of at least one
 * @param said why they are to be sent again
 */
record BigQueryVerdict(
    List<RowError> refused, List<BigQueryRow> again, boolean isProgress, String said) {

  private static final Set<String> PASSING =
      Set.of("stopped", "timeout", "backendError", "internalError", "rateLimitExceeded");

  static BigQueryVerdict of(
      TableSchema schema, List<BigQueryRow> sent, TableDataInsertAllResponse answer) {
    List<RowError> refused = new ArrayList<>();
    List<BigQueryRow> again = new ArrayList<>();
    String said = "";
    if (answer.getInsertErrors() != null) {
      Set<Integer> seen = new HashSet<>();
      for (TableDataInsertAllResponse.InsertErrors errors : answer.getInsertErrors()) {
        int place = errors.getIndex().intValue();
        if (!seen.add(place)) {
          continue;
        }
        BigQueryRow row = sent.get(place);
        ErrorProto error = worst(errors.getErrors());
        if (mayPass(schema, error)) {
          again.add(row);
          said = "%s: %s".formatted(error.getReason(), error.getMessage());
        } else {
          refused.add(error(schema, row, error));
        }
      }
    }
    return new BigQueryVerdict(refused, again, again.size() < sent.size(), said);
  }

  private static ErrorProto worst(List<ErrorProto> errors) {
    return errors.stream()
        .filter(error -> !PASSING.contains(error.getReason()))
        .findFirst()
        .orElse(errors.getFirst());
  }

  /** A column that has just been added is unknown there for a while. */
  private static boolean mayPass(TableSchema schema, ErrorProto error) {
    return PASSING.contains(error.getReason())
        || String.valueOf(error.getMessage()).startsWith("no such field")
            && schema.columns().containsKey(String.valueOf(error.getLocation()));
  }

  private static RowError error(TableSchema schema, BigQueryRow row, ErrorProto error) {
    String field = error.getLocation();
    boolean known = field != null && schema.columns().containsKey(field);
    return new RowError(
        row.index(),
        row.id(),
        RowError.REFUSED,
        known ? field : null,
        null,
        "%s: BigQuery says: %s%s"
            .formatted(schema.name(), known ? field + ": " : "", error.getMessage()));
  }
}
