package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Puts rows into the tables of the warehouse, each once. */
interface RowStore {

  /**
   * Puts in those that the table takes, whatever the others are like.
   *
   * @param rowId the column that rows are known by
   * @throws WarehouseException if the warehouse can't be used now
   */
  Insertion insert(String table, String rowId, List<JsonNode> rows)
      throws WarehouseException, InterruptedException;
}
