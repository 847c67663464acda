package dev.serai.cloud.warehouse;

/** Answers questions about the tables of the warehouse. */
public final class WarehouseQueries {

  private final Warehouse warehouse;

  WarehouseQueries(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Answers a question; nothing is written, whatever it says.
   *
   * @throws QueryRefusedException if it can't be answered as it is
   * @throws QueryTimeoutException if it took too long
   * @throws WarehouseException if the warehouse can't be used now
   */
  public Page ask(Question question)
      throws QueryRefusedException,
          QueryTimeoutException,
          WarehouseException,
          InterruptedException {
    Object answer =
        warehouse.with(
            (connection, tables) -> {
              try {
                return new Answering(connection, question).page(tables.dataset());
              } catch (QueryRefusedException | QueryTimeoutException e) {
                return e;
              }
            });
    return switch (answer) {
      case Page page -> page;
      case QueryRefusedException refused -> throw refused;
      case QueryTimeoutException timeout -> throw timeout;
      default -> throw new IllegalStateException(answer.toString());
    };
  }
}
