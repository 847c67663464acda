package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Puts rows into the tables of the file. */
final class LocalRows implements RowStore {

  /** What doesn't say otherwise makes the hub's own writers wait for each other, not fail. */
  private static final ReentrantLock TURN = new ReentrantLock();

  private final Warehouse warehouse;

  LocalRows(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public Insertion insert(String table, String rowId, List<JsonNode> rows)
      throws WarehouseException, InterruptedException {
    TURN.lockInterruptibly();
    try {
      return warehouse.with(
          (connection, tables) -> {
            TableSchema schema = tables.ready(connection, table);
            Rows looked = Rows.of(schema, rowId, rows);
            return new Inserter(connection, tables, schema, rowId).insert(looked);
          });
    } finally {
      TURN.unlock();
    }
  }
}
