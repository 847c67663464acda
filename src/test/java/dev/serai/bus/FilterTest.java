package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which events does a filter let through? */
@EngineTurn
class FilterTest {

  private static final String BODY =
      "{\"currency\":\"eur\",\"amount\":1000,\"half\":\"0.5\",\"live\":true,\"none\":null,"
          + "\"lines\":[{\"plan\":\"gold\"}],\"text\":\"a and b\",\"huge\":9e999999999}";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/currency = eur; true",
        "/currency=usd|eur; true",
        "/currency = e*; true",
        "/currency = 'e*'; false",
        "/currency != eur; false",
        "/currency != usd; true",
        "/nowhere != usd; true",
        "/nowhere = usd; false",
        "/amount >= 1000; true",
        "/amount > 1000; false",
        "/amount < 1e4; true",
        "/amount = 1000.0; true",
        "/amount = '1000.0'; false",
        "/half <= 0.50; true",
        "/currency > 3; false",
        "/huge > 3; false",
        "/live = true; true",
        "/none; false",
        "!/none; true",
        "/lines/0/plan = gold; true",
        "/lines; true",
        "/lines = gold; false",
        "/text = 'a and b'; true",
        "/currency = eur and /amount > 10 and workspace = acme; true",
        "/currency = eur and /amount > 10 and workspace = other; false",
        "subject = in_*; true",
        "subject; true",
        "!subject; false",
        "type = stripe.*; true",
        "source = stripe; true",
      })
  void itComparesAttributesAndValuesOfTheBody(String filter, boolean passes) {
    assertThat(Filter.parse(filter).unmet(event(BODY)) == null).isEqualTo(passes);
  }

  @Test
  void aBodyThatIsNoJsonHasNoValues() {
    assertThat(Filter.parse("/a = 1").unmet(event("<a>1</a>"))).isEqualTo("/a = 1");
    assertThat(Filter.parse("!/a").unmet(event("<a>1</a>"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour = red",
        "/a >= many",
        "/a = ",
        "/a = 'b",
        "/a = b|",
        "and",
        "/a = 1 and ",
        "a b"
      })
  void whatIsNoFilterIsSaidSo(String filter) {
    assertThatThrownBy(() -> Filter.parse(filter)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatItLeavesOutEndsAsSkippedAndSaysWhy() throws Exception {
    List<UUID> handled = new CopyOnWriteArrayList<>();
    try (var handler =
        TestHandler.of(TestHub.engine())
            .with("filter", "/n >= 10 and subject = a")
            .handle(exchange -> handled.add(TestHandler.eventId(exchange)))) {
      UUID few = send(handler, "a", 9);
      UUID other = send(handler, "b", 10);
      UUID right = send(handler, "a", 10);
      handler.awaitState(right, "done");
      assertThat(handler.awaitState(few, "skipped").result()).contains("/n >= 10");
      assertThat(handler.awaitState(other, "skipped").result()).contains("subject = a");
      assertThat(handled).containsExactly(right);
    }
  }

  private static UUID send(TestHandler handler, String subject, int n) {
    String body = "{\"n\":%s}".formatted(n);
    String key = UUID.randomUUID().toString();
    return handler
        .log()
        .append(TestLog.event("test", handler.type(), key, subject, body, null))
        .id();
  }

  private static Event event(String body) {
    return new Event(
        UUID.randomUUID(),
        "stripe",
        "stripe.invoice.paid",
        "in_1",
        "acme",
        Instant.EPOCH,
        Instant.EPOCH,
        "application/json",
        "evt_1",
        null,
        0,
        body.getBytes(StandardCharsets.UTF_8),
        false);
  }
}
