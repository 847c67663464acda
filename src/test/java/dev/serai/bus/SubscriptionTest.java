package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which events does a subscription get? */
@EngineTurn
class SubscriptionTest {

  private final TestHub hub = TestHub.engine();
  private final TestLog log = TestLog.of(hub);
  private final String root = TestLog.newType();

  @Test
  void thoseOfItsTypesWhereAStarIsOneSegmentAndALastOneTheRest() throws Exception {
    try (var handler =
        TestHandler.of(hub)
            .with("types", "%s.*.paid, %s.order.*".formatted(root, root))
            .handle(exchange -> {})) {
      assertThat(gets(handler, "order.paid", "a.paid", "order.x", "order.x.y")).isTrue();
      for (String not : List.of("a.b.paid", "paid", "order", "orders.x", "a.paid.late")) {
        assertThat(log.deliveries(log.append(root + "." + not), handler.id())).isEmpty();
      }
    }
  }

  @Test
  void onlyThoseOfItsSources() throws Exception {
    try (var handler =
        TestHandler.of(hub).with("types", root).with("sources", "one,two").handle(e -> {})) {
      assertThat(log.deliveries(append("two"), handler.id())).hasSize(1);
      assertThat(log.deliveries(append("three"), handler.id())).isEmpty();
    }
  }

  @Test
  void eachOfSeveralGetsEveryEvent() throws Exception {
    try (var one = TestHandler.of(hub).with("types", root).handle(exchange -> {});
        var two =
            TestHandler.of(hub)
                .with("types", root)
                .with("retries", 0)
                .handle(
                    exchange -> {
                      throw new IllegalStateException("not my neighbour's affair");
                    })) {
      UUID event = log.append(root);
      one.awaitState(event, "done");
      two.awaitState(event, "dead");
    }
  }

  @Test
  void thoseAppendedSinceItsRegistration() throws Exception {
    UUID before = log.append(root);
    try (var handler = TestHandler.of(hub).with("types", root).handle(exchange -> {})) {
      handler.awaitState(log.append(root), "done");
      assertThat(log.deliveries(before, handler.id())).isEmpty();
    }
  }

  @Test
  void thoseAppendedWhileItsRouteWasAway() throws Exception {
    TestHandler handler = TestHandler.of(hub).handle(exchange -> {});
    handler.close();
    UUID meanwhile = handler.send();
    assertThat(handler.delivery(meanwhile).state()).isEqualTo("ready");
    try (var back = handler.handle(exchange -> {})) {
      back.awaitState(meanwhile, "done");
    }
  }

  @Test
  void thoseOfItsChangedTypesFromTheChangeOn() throws Exception {
    TestHandler handler = TestHandler.of(hub).with("types", root + ".old");
    handler.handle(exchange -> {}).close();
    try (var changed = handler.with("types", root + ".new").handle(exchange -> {})) {
      changed.awaitState(log.append(root + ".new"), "done");
      assertThat(log.deliveries(log.append(root + ".old"), handler.id())).isEmpty();
    }
  }

  private UUID append(String source) {
    return log.append(TestLog.event(source, root, UUID.randomUUID().toString(), null, "{}", null))
        .id();
  }

  private boolean gets(TestHandler handler, String... types) {
    for (String type : types) {
      handler.awaitState(log.append(root + "." + type), "done");
    }
    return true;
  }
}
