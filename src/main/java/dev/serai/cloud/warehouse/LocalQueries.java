package dev.serai.cloud.warehouse;

/** Answers questions about the tables of the file. */
final class LocalQueries implements WarehouseQueries {

  private final Warehouse warehouse;

  LocalQueries(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Override
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
