package dev.serai.redis.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import io.lettuce.core.KillArgs;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who hears what is published on a channel? */
class ChannelTest {

  private static final TestHub ONE = TestHub.shared();
  private static final TestHub TWO = ONE.another(Map.of("serai.channels.clients", "3"));

  private final String mark = UUID.randomUUID().toString();

  @BeforeEach
  void bothHear() {
    await().until(() -> ONE.bean(ChannelFeed.class).hears() && TWO.bean(ChannelFeed.class).hears());
  }

  @AfterAll
  static void stopTheOther() {
    TWO.close();
  }

  @Test
  void whoeverListensOnWhicheverHub() throws Exception {
    try (ChannelStream here = new ChannelStream(ONE, "agent_updates", "");
        ChannelStream there = new ChannelStream(TWO, "agent_updates", "")) {
      Api.Answer answer = publish("agent_updates", "");
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      // Hubs of other tests may listen on this Redis, too.
      assertThat(answer.json().path("receivers").asInt()).isGreaterThanOrEqualTo(2);
      for (ChannelStream stream : new ChannelStream[] {here, there}) {
        JsonNode message = stream.data();
        assertThat(message.path("data").path("mark").asText()).isEqualTo(mark);
        assertThat(message.path("channel").asText()).isEqualTo("agent_updates");
        assertThat(message.path("time").asText()).isNotEmpty();
      }
    }
  }

  @Test
  void onlyThoseOfItsWorkspaceAndThoseWhoAskForAll() throws Exception {
    try (ChannelStream acme = new ChannelStream(ONE, "approval_requests", "workspace=acme");
        ChannelStream all = new ChannelStream(ONE, "approval_requests", "")) {
      publish("approval_requests", "?workspace=other");
      publish("approval_requests", "");
      publish("approval_requests", "?workspace=acme");
      assertThat(acme.data().has("workspace")).isFalse();
      assertThat(acme.data().path("workspace").asText()).isEqualTo("acme");
      assertThat(all.data().path("workspace").asText()).isEqualTo("other");
    }
  }

  @Test
  void whatAnEventTellsIsHeard() throws Exception {
    try (ChannelStream stream =
        new ChannelStream(TWO, "approval_requests", "workspace=w-" + mark)) {
      Api.of(ONE)
          .post(
              "/api/v1/events",
              "{\"type\": \"approval.requested\", \"workspace\": \"w-%s\", \"data\": {\"id\": \"%s\"}}"
                  .formatted(mark, mark));
      assertThat(stream.data().path("data").path("id").asText()).isEqualTo(mark);
    }
  }

  @Test
  void aSessionThatBeginsIsHeardOf() throws Exception {
    try (ChannelStream stream = new ChannelStream(ONE, "session_events", "workspace=w-" + mark)) {
      Api.of(ONE)
          .post(
              "/api/v1/sessions",
              "{\"user\": \"u-%s\", \"workspace\": \"w-%s\"}".formatted(mark, mark));
      JsonNode news = stream.data().path("data");
      assertThat(news.path("kind").asText()).isEqualTo("session.created");
      assertThat(news.path("user").asText()).isEqualTo("u-" + mark);
    }
  }

  @Test
  void aRouteThatListensGetsText() throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    Processor note = exchange -> heard.complete(exchange.getMessage().getBody(String.class));
    ONE.camel().getRegistry().bind(mark, Processor.class, note);
    String key = ONE.bean(Keys.class).channel("session_events");
    try (var route =
        ONE.routes(
            """
            - route:
                id: listens-%s
                from:
                  uri: spring-redis
                  parameters:
                    host: redis
                    port: 6379
                    command: SUBSCRIBE
                    channels: "%s"
                    listenerContainer: "#redisListeners"
                    serializer: "#redisText"
                  steps:
                    - process: {ref: "%s"}
            """
                .formatted(mark, key, mark))) {
      await()
          .until(
              () -> {
                publish("session_events", "");
                return heard.isDone();
              });
      assertThat(heard.join()).contains(mark);
    }
  }

  @Test
  void whenTheConnectionWasLostAStreamGoesOnAndSaysWhatItMissed() throws Exception {
    try (ChannelStream stream = new ChannelStream(ONE, "agent_updates", "")) {
      ONE.bean(Redis.class).require().sync().clientKill(KillArgs.Builder.typePubsub());
      stream.next("event: gap");
      assertThat(stream.data().has("from")).isTrue();
      publish("agent_updates", "");
      assertThat(stream.data().path("data").path("mark").asText()).isEqualTo(mark);
    }
  }

  @Test
  void moreStreamsThanAHubMayHaveAreRefused() throws Exception {
    awaitNobody();
    try (ChannelStream first = new ChannelStream(TWO, "agent_updates", "");
        ChannelStream second = new ChannelStream(TWO, "agent_updates", "");
        ChannelStream third = new ChannelStream(TWO, "session_events", "")) {
      Api.Answer more = Api.of(TWO).get("/api/v1/channels/agent_updates/stream");
      assertThat(more.status()).isEqualTo(503);
      assertThat(more.header("Retry-After")).isEqualTo("5");
    }
    awaitNobody();
  }

  /** A stream that its reader has left is noticed at the next word to it. */
  private static void awaitNobody() {
    ChannelClients clients = TWO.bean(ChannelClients.class);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> clients.names().stream().allMatch(name -> clients.count(name) == 0));
  }

  @Test
  void aHubThatStopsEndsItsStreams() throws Exception {
    TestHub third = ONE.another(Map.of());
    try (ChannelStream stream = new ChannelStream(third, "agent_updates", "")) {
      CompletableFuture<Void> closing = CompletableFuture.runAsync(third::close);
      stream.next("event: end");
      assertThat(stream.data().path("reason").asText()).isEqualTo("stopping");
      closing.join();
    }
  }

  @Test
  void anUnknownChannelIsNamedWithThoseThatThereAre() throws Exception {
    for (Api.Answer answer :
        new Api.Answer[] {
          publish("agents", ""), Api.of(ONE).get("/api/v1/channels/agents/stream")
        }) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().path("detail").asText()).contains("'agents'", "agent_updates");
    }
  }

  @Test
  void whatIsNoJsonOrTooLongIsRefused() throws Exception {
    for (String body : new String[] {"", "{", "{} {}", "\"" + "x".repeat(70_000) + "\""}) {
      Api.Answer answer = Api.of(ONE).post("/api/v1/channels/agent_updates", body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().path("detail").asText()).contains("'data'");
    }
  }

  private Api.Answer publish(String channel, String query) throws Exception {
    return Api.of(ONE)
        .post("/api/v1/channels/" + channel + query, "{\"mark\": \"%s\"}".formatted(mark));
  }
}
