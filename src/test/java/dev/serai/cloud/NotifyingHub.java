package dev.serai.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.event.NewEvent;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A hub with a real mail server, and a partner in Slack's place. */
final class NotifyingHub implements AutoCloseable {

  private final Partner slack;
  private final TestHub hub;
  private final int port;
  private GreenMail mail;

  private NotifyingHub(GreenMail mail, Partner slack) {
    this.mail = mail;
    this.slack = slack;
    this.port = mail.getSmtp().getPort();
    this.hub =
        TestHub.start(
            Map.of(
                "serai.mail.host",
                "127.0.0.1",
                "serai.mail.port",
                Integer.toString(port),
                "serai.mail.tls",
                "none",
                "serai.mail.from",
                "Serai <hub@example.com>",
                "serai.mail.to",
                "ops@example.com",
                "serai.sinks.slack.url",
                slack.url(),
                "serai.notify.backoff",
                "50ms"));
  }

  static NotifyingHub start() throws IOException {
    return new NotifyingHub(mailServer(0), Partner.start());
  }

  private static GreenMail mailServer(int port) {
    GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    return server;
  }

  TestHub hub() {
    return hub;
  }

  Partner slack() {
    return slack;
  }

  void stopMail() {
    mail.stop();
  }

  /** On the same port as before. */
  void startMail() {
    mail = mailServer(port);
  }

  /** Appends a request for an approval. */
  static UUID append(TestHub to, String source, String workspace, String data) {
    return TestLog.of(to)
        .append(
            new NewEvent(
                source,
                "approval.requested",
                UUID.randomUUID().toString(),
                null,
                workspace,
                Instant.now(),
                "application/json",
                data.getBytes(StandardCharsets.UTF_8),
                null,
                null,
                null,
                0,
                null))
        .id();
  }

  void recipient(String workspace, String type, String address) {
    hub.database()
        .sql("insert into notify.recipient (workspace, type, address) values (?, ?, ?)")
        .params(workspace, type, address)
        .update();
  }

  /** The mails whose text has this in it. */
  List<MimeMessage> mails(String mark) {
    return Arrays.stream(mail.getReceivedMessages())
        .filter(message -> part(message, 0).contains(mark))
        .toList();
  }

  static String part(MimeMessage message, int number) {
    try {
      return String.valueOf(((Multipart) message.getContent()).getBodyPart(number).getContent());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The text that was posted last. */
  String posted() throws IOException {
    return new ObjectMapper().readTree(slack.posts().getLast().text()).path("text").asText();
  }

  String result(UUID event, String subscription) throws Exception {
    for (JsonNode delivery : Api.of(hub).get("/api/v1/events/" + event).json().path("deliveries")) {
      if (delivery.path("subscription").asText().equals(subscription)) {
        return delivery.path("result").asText();
      }
    }
    throw new AssertionError("no delivery to " + subscription);
  }

  /** How many notifications of an event were taken. */
  int sent(UUID event) {
    return hub.database()
        .sql("select count(*) from notify.sent where event_id = ? and sent_at is not null")
        .param(event)
        .query(Integer.class)
        .single();
  }

  @Override
  public void close() {
    hub.close();
    slack.close();
    mail.stop();
  }
}
