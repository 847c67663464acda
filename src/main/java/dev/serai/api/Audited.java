package dev.serai.api;

import java.util.Map;

/**
 * A request's body, some of which the audit log may keep. A body that isn't one stays out of it.
 */
interface Audited {

  /** Names and values without secrets and without anybody's data; null is left out. */
  Map<String, ?> auditParameters();
}
