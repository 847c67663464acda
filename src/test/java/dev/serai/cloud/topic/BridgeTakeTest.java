package dev.serai.cloud.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.TestLog;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Is every form of CloudEvents taken, and what is none refused? */
class BridgeTakeTest extends Bridges {

  @Test
  void anEventThatComesTwiceIsKnownByItsSourceAndId() throws Exception {
    try (TestHub.Routes in = in(Hubs.north(), TopicContract.name());
        Topic publisher = new Topic(Hubs.north(), topic)) {
      assertThat(in).isNotNull();
      Map<String, String> one = Map.of("ce-id", "1", "ce-source", "/crm", "ce-type", type);
      publisher.publish("{}", "", one);
      publisher.publish("{}", "", one);
      publisher.publish("{}", "", Map.of("ce-id", "1", "ce-source", "/erp", "ce-type", type));
      await().until(() -> rows(Hubs.north()).size() == 2);
      assertThat(rows(Hubs.north()).stream().map(row -> row.get("source")))
          .containsExactlyInAnyOrder("/crm", "/erp");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          "datacontenttype":"application/json","data":{"a":[1]};{"a":[1]};application/json
          "data":"text";"text";application/json
          "datacontenttype":"text/plain","data":"text";text;text/plain
          "datacontenttype":"text/plain","data_base64":"dGV4dA==";text;text/plain
          """)
  void aStructuredEventIsTakenToo(String data, String body, String contentType) throws Exception {
    try (TestHub.Routes in = in(Hubs.north(), TopicContract.name());
        Topic publisher = new Topic(Hubs.north(), topic)) {
      assertThat(in).isNotNull();
      publisher.publish(
          """
          {"specversion":"1.0","id":"%s","source":"/crm","type":"%s","subject":"s",%s}
          """
              .formatted(type, type, data),
          "",
          Map.of("content-type", "application/cloudevents+json; charset=UTF-8"));
      await().until(() -> rows(Hubs.north()).size() == 1);
      assertThat(rows(Hubs.north()).getFirst())
          .containsEntry("body", body)
          .containsEntry("content_type", contentType)
          .containsEntry("subject", "s")
          .containsEntry("key", type);
    }
  }

  @Test
  void whatIsNoEventIsADeadLetterThatSaysWhy() throws Exception {
    String subscription = TopicContract.name();
    try (TestHub.Routes in = in(Hubs.north(), subscription);
        Topic publisher = new Topic(Hubs.north(), topic)) {
      assertThat(in).isNotNull();
      String id = publisher.publish("{}", "", Map.of("ce-id", "1", "ce-type", type));
      UUID event = GoogleTopicsTest.awaitEvent(Hubs.north(), subscription, id);
      await()
          .untilAsserted(
              () ->
                  assertThat(TestLog.of(Hubs.north()).attempts(event, subscription))
                      .isNotEmpty()
                      .allSatisfy(
                          attempt ->
                              assertThat(attempt.detail())
                                  .contains("no CloudEvent: it has no 'source'")));
    }
  }
}
