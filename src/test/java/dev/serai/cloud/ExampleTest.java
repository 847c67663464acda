package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.TestLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Does the example of the documentation work as it stands? */
class ExampleTest {

  @Test
  void thePartnerIsToldOfAPayment() throws Exception {
    String yaml = Files.readString(Path.of("docs", "examples", "notify-partner.camel.yaml"));
    TestHub hub = TestHub.shared();
    try (Partner partner = Partner.start().answer(200)) {
      System.setProperty("serai.sinks.partner.url", partner.url());
      System.setProperty("serai.sinks.partner.secrets", TestSink.SECRET);
      try (TestHub.Routes routes = hub.routes(yaml)) {
        assertThat(routes).isNotNull();
        String subject = UUID.randomUUID().toString();
        String json =
            "{\"provider\":\"stripe\",\"id\":\"%s\",\"state\":\"succeeded\",\"currency\":\"eur\"}"
                .formatted(subject);
        UUID event =
            TestLog.of(hub)
                .append(TestLog.event("serai", "payment.succeeded", subject, subject, json, null))
                .id();
        await()
            .untilAsserted(
                () ->
                    assertThat(partner.posts())
                        .anySatisfy(
                            post -> {
                              assertThat(post.header("Webhook-id")).isEqualTo(event.toString());
                              assertThat(post.text()).isEqualTo(json);
                            }));
        TestLog.of(hub).awaitState(event, "handler-notify-partner", "done");
      } finally {
        System.clearProperty("serai.sinks.partner.url");
        System.clearProperty("serai.sinks.partner.secrets");
      }
    }
  }
}
