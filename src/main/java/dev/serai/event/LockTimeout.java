package dev.serai.event;

import java.sql.SQLException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/** The end of the time that a statement may wait for a lock. */
final class LockTimeout {

  /** PostgreSQL's {@code lock_not_available}; Spring 6 has no exception for it. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private LockTimeout() {}

  static boolean is(DataAccessException failure) {
    return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException cause
        && LOCK_NOT_AVAILABLE.equals(cause.getSQLState());
  }
}
