package dev.serai.cloud.warehouse;

/** Answers questions about the tables of the warehouse. */
public interface WarehouseQueries {

  /**
   * Answers a question; nothing is written, whatever it says.
   *
   * @throws QueryRefusedException if it can't be answered as it is
   * @throws QueryTimeoutException if it took too long
   * @throws WarehouseException if the warehouse can't be used now
   */
  Page ask(Question question)
      throws QueryRefusedException, QueryTimeoutException, WarehouseException, InterruptedException;
}
