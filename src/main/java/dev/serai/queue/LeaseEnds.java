package dev.serai.queue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Every second, on every hub: the jobs of workers that are gone are for others. */
class LeaseEnds {

  private static final Logger log = LoggerFactory.getLogger(LeaseEnds.class);
  private static final int STEP = 200;

  private final Leases leases;

  LeaseEnds(Leases leases) {
    this.leases = leases;
  }

  @Scheduled(fixedDelay = 200)
  void forget() {
    try {
      leases.forgetEnded();
    } catch (DataAccessException e) {
      log.debug("Leases of jobs that have ended stay until their ends", e);
    }
  }

  @Scheduled(fixedDelay = 1_000)
  void sweep() {
    try {
      int ended;
      do {
        ended = leases.end(STEP);
        if (ended > 0) {
          log.info("The leases of {} jobs have ended; what was under way is tried again", ended);
        }
      } while (ended == STEP);
    } catch (DataAccessException e) {
      log.debug("No look at leases", e);
    }
  }
}
