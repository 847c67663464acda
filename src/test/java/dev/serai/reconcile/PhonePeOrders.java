package dev.serai.reconcile;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders at PhonePe, and what the hub knows of them. */
final class PhonePeOrders {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ReconcilingHub reconciling;
  private final TestHub hub;

  PhonePeOrders(ReconcilingHub reconciling) {
    this.reconciling = reconciling;
    this.hub = reconciling.hub();
  }

  /** What other tests have left open is settled. */
  void settle() {
    hub.database()
        .sql("delete from payments.payment where state in ('created', 'pending')")
        .update();
    hub.database().sql("delete from payments.refund where state = 'pending'").update();
  }

  void announce(String id) {
    String data =
        "{\"provider\":\"phonepe\",\"id\":\"%s\",\"amount\":249900,\"currency\":\"inr\"}"
            .formatted(id);
    reconciling.log().append(TestLog.event("test", "payment.initiated", id, id, data, null));
    await().until(() -> state(id).equals(List.of("created")));
  }

  List<String> state(String id) {
    return hub.database()
        .sql("select state from payments.payment where provider = 'phonepe' and id = ?")
        .param(id)
        .query(String.class)
        .list();
  }

  long told(String type, String subject) {
    return hub.database()
        .sql("select count(*) from serai.event where source = 'serai' and type = ? and subject = ?")
        .params(type, subject)
        .query(Long.class)
        .single();
  }

  static ObjectNode webhook(String id) throws Exception {
    return (ObjectNode)
        JSON.readTree(
            TestHub.resource("fixtures/phonepe/07-v2-checkout.order.completed.json")
                .replaceAll("HUB-(1001|S-1|S-2|SUB-1)", id));
  }

  static ObjectNode payload(String id) throws Exception {
    return (ObjectNode) webhook(id).path("payload");
  }

  /** As if the hub had heard of it so long ago, and asked last so long ago. */
  void isOld(String id, String age, @Nullable String asked) {
    hub.database()
        .sql("update payments.payment set known_at = now() - cast(? as interval) where id = ?")
        .params(age, id)
        .update();
    if (asked != null) {
      hub.database()
          .sql(
              """
              insert into payments.status_check (provider, kind, id, asked_at)
              values ('phonepe', 'order', ?, now() - cast(? as interval))
              on conflict (provider, kind, id) do update set asked_at = excluded.asked_at
              """)
          .params(id, asked)
          .update();
    }
  }
}
