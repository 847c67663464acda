package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.TestLog;
import jakarta.mail.internet.MimeMessage;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Are people told once, of what happened and of nothing else? */
class NotificationsTest {

  private static final String EMAIL = "handler-approval-requested-email";
  private static final String SLACK = "handler-approval-requested-slack";

  private static NotifyingHub notifying;
  private static TestHub hub;
  private static Partner slack;

  private final String workspace = "ws-" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    notifying = NotifyingHub.start();
    hub = notifying.hub();
    slack = notifying.slack();
  }

  @BeforeEach
  void slackIsWell() {
    slack.forget().answer(200, "ok");
  }

  @AfterAll
  static void stop() {
    notifying.close();
  }

  @Test
  void everyRecipientOfTheWorkspaceGetsAMessageWithTextAndHtml() throws Exception {
    notifying.recipient(workspace, "approval.requested", "asha@example.com");
    notifying.recipient(workspace, "*", "ravi@example.com");
    notifying.recipient("another", "*", "nobody@example.com");

    UUID event = send("{\"id\":\"a1\",\"title\":\"Post of Monday\",\"requested_by\":\"Mira\"}");
    log().awaitState(event, EMAIL, "done");
    log().awaitState(event, SLACK, "done");

    List<MimeMessage> mails = mails();
    assertThat(mails)
        .extracting(mail -> mail.getAllRecipients()[0].toString())
        .containsExactlyInAnyOrder("asha@example.com", "ravi@example.com");
    MimeMessage mail = mails.getFirst();
    assertThat(mail.getSubject()).isEqualTo("Approval requested: Post of Monday");
    assertThat(mail.getFrom()[0].toString()).isEqualTo("Serai <hub@example.com>");
    assertThat(mail.getMessageID()).startsWith("<" + event + ".").endsWith("@example.com>");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(NotifyingHub.part(mail, 0)).contains("Mira asks", workspace, "Post of Monday");
    assertThat(NotifyingHub.part(mail, 1)).contains("<blockquote>Post of Monday</blockquote>");
    assertThat(notifying.posted()).contains("*Approval requested* in " + workspace + " by Mira");
    assertThat(notifying.result(event, EMAIL)).contains("\"outcome\":\"sent\",\"recipients\":2");
    assertThat(notifying.sent(event)).isEqualTo(3);
  }

  @Test
  void aReplayTellsNobodyAgain() throws Exception {
    notifying.recipient(workspace, "*", "asha@example.com");
    UUID event = send("{\"id\":\"a1\",\"title\":\"Once\"}");
    log().awaitState(event, EMAIL, "done");
    log().awaitState(event, SLACK, "done");
    int posts = slack.posts().size();

    Api.of(hub).send("POST", "/api/v1/events/" + event + "/replay");

    await().until(() -> log().delivery(event, EMAIL).replays() == 1);
    log().awaitState(event, EMAIL, "done");
    log().awaitState(event, SLACK, "done");
    assertThat(mails()).hasSize(1);
    assertThat(slack.posts()).hasSize(posts);
  }

  @Test
  void aServerThatIsAwayIsTriedAgain() throws Exception {
    notifying.recipient(workspace, "*", "asha@example.com");
    notifying.stopMail();
    UUID event = send("{\"id\":\"a1\",\"title\":\"Later\"}");
    await().until(() -> !log().attempts(event, EMAIL).isEmpty());

    notifying.startMail();

    log().awaitState(event, EMAIL, "done");
    assertThat(mails()).hasSize(1);
    assertThat(log().attempts(event, SLACK)).isEmpty();
  }

  @Test
  void anAddressThatIsNoneEndsAsADeadLetterAndHoldsUpNobody() throws Exception {
    notifying.recipient(workspace, "*", "asha@example.com");
    notifying.recipient(workspace, "*", "a@example.com\r\nBcc: evil@example.com");
    notifying.recipient(workspace, "*", "x@example.com, y@example.com");

    UUID event = send("{\"id\":\"a1\",\"title\":\"Some\"}");

    log().awaitState(event, SLACK, "done");
    assertThat(log().awaitState(event, EMAIL, "dead").cause()).isEqualTo("MailRefusedException");
    assertThat(mails())
        .extracting(mail -> mail.getAllRecipients()[0].toString())
        .containsExactly("asha@example.com");
    Api.of(hub).send("POST", "/api/v1/dead-letters/%s/%s/retry".formatted(event, EMAIL));
    await().until(() -> log().attempts(event, EMAIL).size() == 2);
    assertThat(mails()).hasSize(1);
  }

  @Test
  void slackIsTriedAgainAfterAFailureAndNotAfterARefusal() throws Exception {
    slack.forget().answer(500).answer(200, "ok");
    UUID failing = send("{\"id\":\"a1\",\"title\":\"Try " + workspace + "\"}");
    log().awaitState(failing, SLACK, "done");
    assertThat(log().attempts(failing, SLACK)).hasSizeGreaterThan(0);

    slack.forget().answer(404, "no_service");
    UUID refused = send("{\"id\":\"a2\",\"title\":\"No\"}");
    TestLog.Delivery dead = log().awaitState(refused, SLACK, "dead");
    assertThat(dead.cause()).isEqualTo("ReceiverRefusedException");
    assertThat(dead.attempts()).isEqualTo(1);
    assertThat(log().attempts(refused, SLACK).getFirst().detail()).doesNotContain("/hooks");
  }

  @Test
  void whatIsInTheDataStaysData() throws Exception {
    notifying.recipient(workspace, "*", "asha@example.com");
    String hostile =
        "<script>alert(1)</script> <!channel> ${env:HOME} ${body} {{serai.mail.from}} {{{x}}}"
            + "\\r\\nBcc: evil@example.com\\r\\n\\r\\nnew body";

    UUID event =
        NotifyingHub.append(
            hub,
            "elsewhere",
            workspace,
            "{\"id\":\"a1\",\"title\":\"%s\",\"requested_by\":\"<b>Mira</b>\",\"url\":\"javascript:alert(1)\",\"to\":\"evil@example.com\"}"
                .formatted(hostile));
    log().awaitState(event, EMAIL, "done");
    log().awaitState(event, SLACK, "done");

    MimeMessage mail = mails().getFirst();
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getSubject())
        .contains("${env:HOME} ${body} {{serai.mail.from}} {{{x}}} Bcc: evil@example.com")
        .doesNotContain("\n", "\r");
    assertThat(NotifyingHub.part(mail, 0))
        .contains("<script>", "${env:HOME}")
        .doesNotContain("javascript:");
    assertThat(NotifyingHub.part(mail, 1))
        .contains("&lt;script&gt;", "&lt;b&gt;Mira", "${env:HOME}")
        .doesNotContain("<script>", "javascript:", "<b>Mira");
    assertThat(notifying.posted()).contains("&lt;!channel&gt;", "${env:HOME}").doesNotContain("<");
  }

  @Test
  void whereTheTableHasNobodyTheConfigurationHas() throws Exception {
    String data =
        "{\"workspace\":\"%s\",\"metric\":\"agent_executions\",\"limit\":1000,\"used\":1000.5}";
    UUID event =
        log()
            .append(
                TestLog.event(
                    "serai",
                    "usage.limit-reached",
                    workspace,
                    null,
                    data.formatted(workspace),
                    null))
            .id();
    log().awaitState(event, "handler-usage-limit-reached-email", "done");
    log().awaitState(event, "handler-usage-limit-reached-slack", "done");

    MimeMessage mail = mails().getFirst();
    assertThat(mail.getAllRecipients()[0].toString()).isEqualTo("ops@example.com");
    assertThat(NotifyingHub.part(mail, 0)).contains("has used 1000.5 of 1000 agent_executions.");
  }

  @Test
  void aHubWithoutServerAndAddressSaysSoAndIsDone() throws Exception {
    TestHub shared = TestHub.shared();
    UUID event =
        NotifyingHub.append(shared, "serai", workspace, "{\"id\":\"a1\",\"title\":\"Nobody\"}");
    TestLog.of(shared).awaitState(event, EMAIL, "done");
    TestLog.of(shared).awaitState(event, SLACK, "done");

    JsonNode shown = Api.of(shared).get("/api/v1/events/" + event).json();
    assertThat(shown.path("deliveries").findValuesAsText("result"))
        .allMatch(result -> result.contains("not configured"));
    JsonNode health = Api.of(shared).get("/health/detailed").json().at("/components/notifications");
    assertThat(health.path("status").asText()).isEqualTo("UP");
    assertThat(health.at("/details/email").asText()).startsWith("not configured");
  }

  private UUID send(String data) {
    return NotifyingHub.append(hub, "serai", workspace, data);
  }

  private static TestLog log() {
    return TestLog.of(hub);
  }

  /** Those that tell of this test's workspace. */
  private List<MimeMessage> mails() {
    return notifying.mails(workspace);
  }
}
