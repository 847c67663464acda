package dev.serai.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import dev.serai.TestLog;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does a reconciliation say that has the wrong key, or none? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(ReconcilingHub.TURN)
class ProviderKeysTest {

  private static final String WRONG = "0123456789wrong";

  private static final ReconcilingHub RECONCILING = ReconcilingHub.emptied();
  private static TestHub hub;

  @BeforeAll
  static void startsWithWrongKeys() {
    hub =
        RECONCILING.another(
            Map.of(
                "serai.stripe.api-key",
                "rk_live_" + WRONG,
                "serai.supabase.service-key",
                "sb_secret_" + WRONG,
                "serai.phonepe.client-id",
                ""));
  }

  @AfterAll
  static void stops() {
    hub.close();
  }

  private static UUID runThere(String job) throws Exception {
    RECONCILING.hub().camel().getRouteController().stopRoute("job-" + job);
    try {
      UUID run = RECONCILING.begin(job, "{}");
      RECONCILING.awaitEnd(run, job);
      return run;
    } finally {
      RECONCILING.hub().camel().getRouteController().startRoute("job-" + job);
    }
  }

  @ParameterizedTest
  @CsvSource({"reconcile-stripe, stripe", "reconcile-supabase, supabase/public.moves"})
  void aWrongOneIsSaidAtOnceAndWithoutIt(String job, String name) throws Exception {
    RECONCILING.hub().database().sql("delete from serai.reconciliation").update();

    UUID run = runThere(job);

    TestLog.FailedAttempt failed = RECONCILING.failed(run, job);
    assertThat(failed.cause()).isEqualTo("ReceiverRefusedException");
    assertThat(failed.retryAt()).isNull();
    assertThat(failed.detail()).contains("401", "Invalid API").doesNotContain(WRONG);
    assertThat(RECONCILING.log().delivery(run, "job-" + job).state()).isEqualTo("dead");
    assertThat(RECONCILING.reached(name)).isEmpty();
  }

  @Test
  void withoutOneNothingIsAsked() throws Exception {
    UUID run = runThere("reconcile-phonepe");

    assertThat(RECONCILING.ended(run, "reconcile-phonepe"))
        .isEqualTo("serai.phonepe.client-id is not set");
  }
}
