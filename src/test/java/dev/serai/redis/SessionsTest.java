package dev.serai.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.embedded.TestRedis;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** How long does a session live, and what does it keep? */
class SessionsTest {

  private static TestRedis server;
  private static Instance one;
  private static Instance two;

  private final String user = "u" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    server = TestRedis.start();
    one = Instance.on(server.url());
    two = Instance.on(server.url());
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    server.close();
  }

  @Test
  void whatOneHubHasBegunTheOtherKnows() {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode().put("device", "phone");
    Session.Created created = one.sessions.create(user, "acme", metadata);
    Session session = two.sessions.get(created.session().id()).orElseThrow();

    assertThat(session.data().user()).isEqualTo(user);
    assertThat(session.data().workspace()).isEqualTo("acme");
    assertThat(session.data().metadata()).isEqualTo(metadata);
    assertThat(session.version()).isEqualTo(1);
    assertThat(Duration.between(session.lastActive(), session.expires()))
        .isEqualTo(Duration.ofMinutes(30));
    assertThat(two.sessions.ofToken(created.token())).isPresent();
    assertThat(one.sessions.create(user, null, null).token()).isNotEqualTo(created.token());
  }

  @Test
  void theTokenIsNowhereInRedisAndTheIdOpensNothing() {
    Session.Created created = one.sessions.create(user, null, null);
    String id = created.session().id();
    assertThat(id).hasSize(32);
    assertThat(one.commands().hgetall(one.keys.session(id)).toString())
        .doesNotContain(created.token());
    assertThat(one.sessions.ofToken(id)).isEmpty();
    assertThat(created.toString()).doesNotContain(created.token());
  }

  @Test
  void eachUseLetsItLiveOnAndLookingDoesNot() {
    try (Instance quick = with(Duration.ofMillis(400), Duration.ofDays(1), 10)) {
      String used = quick.sessions.create(user, null, null).session().id();
      String lookedAt = quick.sessions.create(user, null, null).session().id();
      await()
          .pollInterval(Duration.ofMillis(50))
          .during(Duration.ofMillis(900))
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                quick.sessions.look(lookedAt);
                return quick.sessions.get(used).isPresent();
              });
      assertThat(quick.sessions.look(lookedAt)).isEmpty();
      assertThat(quick.sessions.of(user)).extracting(Session::id).containsExactly(used);
      await().until(() -> quick.sessions.look(used).isEmpty());
    }
  }

  @Test
  void noUseLetsItLiveForEver() {
    try (Instance quick = with(Duration.ofMillis(300), Duration.ofMillis(700), 10)) {
      String id = quick.sessions.create(user, null, null).session().id();
      assertThat(quick.sessions.extend(id, Duration.ofHours(1)).orElseThrow().expires())
          .isEqualTo(quick.sessions.look(id).orElseThrow().ends());
      await().until(() -> quick.sessions.get(id).isEmpty());
    }
  }

  @Test
  void anExtendedOneHasTheNewIdleTimeFromThenOn() {
    String id = one.sessions.create(user, null, null).session().id();
    Session session = one.sessions.extend(id, Duration.ofHours(2)).orElseThrow();
    assertThat(Duration.between(session.lastActive(), session.expires()))
        .isEqualTo(Duration.ofHours(2));
    assertThat(two.commands().pttl(two.keys.session(id))).isGreaterThan(7_000_000);
  }

  private static Instance with(Duration idle, Duration longest, int perUser) {
    return Instance.on(
        server.url(),
        new SessionSettings(idle, longest, perUser, DataSize.ofKilobytes(64), 500),
        Clock.systemUTC());
  }

  @Test
  void changesAtTheSameTimeLoseNothing() {
    String id = one.sessions.create(user, null, null).session().id();
    List<Instance> hubs = List.of(one, two);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        int writer = i;
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int j = 0; j < 10; j++) {
                    JsonNode message = TextNode.valueOf(writer + "-" + j);
                    Sessions sessions = hubs.get(writer % 2).sessions;
                    assertThat(sessions.update(id, null, data -> data.append(List.of(message))))
                        .isPresent();
                  }
                },
                threads));
      }
      all.forEach(CompletableFuture::join);
    }
    Session session = one.sessions.get(id).orElseThrow();
    assertThat(session.version()).isEqualTo(201);
    assertThat(session.data().messages()).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void aChangeOfAnOldVersionIsRefused() {
    String id = one.sessions.create(user, null, null).session().id();
    assertThat(one.sessions.update(id, 1L, data -> data.withAgent("a")).orElseThrow().version())
        .isEqualTo(2);
    assertThatThrownBy(() -> two.sessions.update(id, 1L, data -> data.withAgent("b")))
        .isInstanceOf(SessionConflictException.class);
    assertThat(one.sessions.get(id).orElseThrow().data().agent()).isEqualTo("a");
  }

  @Test
  void allOfAUserAreGoneOnEveryHubWhenTheRevocationIsAnswered() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add((i % 2 == 0 ? one : two).sessions.create(user, null, null).session().id());
    }
    String other = one.sessions.create(user + "2", null, null).session().id();

    assertThat(one.sessions.revokeAll(user)).isEqualTo(20);

    assertThat(ids).allSatisfy(id -> assertThat(two.sessions.get(id)).isEmpty());
    assertThat(two.sessions.of(user)).isEmpty();
    assertThat(two.sessions.get(other)).isPresent();
    assertThat(two.sessions.update(ids.getFirst(), null, data -> data)).as("no ghost").isEmpty();
    assertThat(one.changes)
        .contains(new SessionChange("revoked", ids.getLast(), user, null))
        .contains(new SessionChange("created", ids.getFirst(), user, null));
  }

  @Test
  void oneTooManyEndsTheOldest() {
    try (Instance small = with(Duration.ofMinutes(1), Duration.ofMinutes(5), 3)) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ids.add(small.sessions.create(user, null, null).session().id());
        long now = System.currentTimeMillis();
        await().pollInterval(Duration.ofMillis(1)).until(() -> System.currentTimeMillis() > now);
      }
      assertThat(small.sessions.of(user))
          .extracting(Session::id)
          .containsExactlyElementsOf(ids.subList(2, 5));
    }
  }

  @Test
  void whatIsTooMuchIsRefusedByName() {
    String id = one.sessions.create(user, null, null).session().id();
    JsonNode large = TextNode.valueOf("x".repeat(70_000));
    assertThatThrownBy(() -> one.sessions.update(id, null, data -> data.append(List.of(large))))
        .hasMessageContaining("'messages'");
    assertThatThrownBy(
            () ->
                one.sessions.update(
                    id, null, data -> data.append(java.util.Collections.nCopies(501, large))))
        .hasMessageContaining("'messages' would be 501");
    assertThatThrownBy(
            () ->
                one.sessions.update(
                    id,
                    null,
                    data ->
                        data.withContext(JsonNodeFactory.instance.objectNode().set("all", large))))
        .hasMessageContaining("'context'");
    assertThatThrownBy(() -> one.sessions.create("", null, null)).hasMessageContaining("'user'");
    assertThatThrownBy(() -> one.sessions.create("a\nb", null, null))
        .hasMessageContaining("'user'");
    assertThatThrownBy(() -> one.sessions.extend(id, Duration.ofSeconds(-1)))
        .hasMessageContaining("'ttl'");
  }
}
