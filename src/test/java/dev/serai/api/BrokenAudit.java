package dev.serai.api;

import dev.serai.TestHub;
import java.util.UUID;

/** Makes PostgreSQL refuse some rows of the audit log until it is closed. */
public final class BrokenAudit implements AutoCloseable {

  private final TestHub hub;
  private final String name = "broken_" + UUID.randomUUID().toString().replace("-", "");

  /**
   * @param when insert or update
   * @param condition of the rows {@code new}
   */
  public BrokenAudit(TestHub hub, String when, String condition) {
    this.hub = hub;
    run(
        """
        create function serai.%1$s() returns trigger language plpgsql as
        $$ begin raise exception 'broken for a test'; end $$;
        create trigger %1$s before %2$s on serai.audit for each row when (%3$s)
        execute function serai.%1$s()
        """
            .formatted(name, when, condition));
  }

  @Override
  public void close() {
    run("drop function serai.%s() cascade".formatted(name));
  }

  private void run(String sql) {
    hub.database().sql(sql).update();
  }
}
