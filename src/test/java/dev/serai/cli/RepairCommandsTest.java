package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.StripeSender;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How is a hub repaired from the command line? */
class RepairCommandsTest {

  private final TestHub hub = TestHub.shared();
  private final Cli cli = new Cli(hub);
  private TestHandler handler;
  private volatile boolean broken;

  @TempDir private Path folder;

  @BeforeEach
  void aHandler() throws Exception {
    handler =
        TestHandler.of(hub)
            .with("retries", 0)
            .handle(
                exchange -> {
                  if (broken) {
                    throw new IllegalStateException("on purpose");
                  }
                });
  }

  @AfterEach
  void close() throws Exception {
    handler.close();
  }

  @Test
  void eventsAreReplayedWatchedAndListed() {
    UUID event = handler.send();
    handler.awaitState(event, "done");

    assertThat(cli.ask("replays", "start", "--type", handler.type(), "--dry-run")).isZero();
    assertThat(cli.out()).contains("DELIVERIES", handler.id(), "1 deliveries of 1 events");
    assertThat(
            cli.ask(
                "replays", "start", "--type", handler.type(), "--rate=20", "--reason=x", "--watch"))
        .isZero();
    assertThat(cli.out()).contains("done 100%: 1 of 1 events");
    assertThat(cli.ask("replays", "list", "--limit", "5")).isZero();
    assertThat(cli.out()).contains("STATE", handler.type());
    assertThat(cli.ask("replays", "list", "--limit", "1", "--json")).isZero();
  }

  @Test
  void aReplayIsShownAndCancelled() throws Exception {
    handler.log().append(handler.type(), 40);
    assertThat(cli.ask("replays", "start", "--type", handler.type(), "--rate", "1", "--json"))
        .isZero();
    String id = cli.json().path("id").asText();

    assertThat(cli.ask("replays", "show", id)).isZero();
    assertThat(cli.json().path("state").asText()).isEqualTo("running");
    assertThat(cli.ask("replays", "cancel", id)).isZero();
    assertThat(cli.json().path("state").asText()).isEqualTo("cancelled");
    assertThat(cli.ask("replays", "watch", id)).isEqualTo(1);
    assertThat(cli.out()).contains("cancelled");
    assertThat(cli.ask("replays", "start", "--type", "a..b")).isEqualTo(1);
    assertThat(cli.err()).contains("'type'");
  }

  @Test
  void deadLettersAreCountedRetriedEditedAndDiscarded() throws Exception {
    broken = true;
    UUID edited = handler.send();
    UUID discarded = handler.send();
    UUID retried = handler.send();
    await().until(() -> handler.log().count(handler.id(), "dead") == 3);
    assertThat(cli.ask("dead-letters", "causes", "--subscription", handler.id())).isZero();
    assertThat(cli.out()).containsPattern(handler.id() + "\\s+IllegalStateException\\s+3 ");
    assertThat(cli.ask("dead-letters", "list", "--subscription", handler.id(), "--limit", "2"))
        .isZero();
    assertThat(cli.out()).contains("More: --cursor ");
    broken = false;

    Path body = Files.writeString(folder.resolve("body.json"), "{\"better\":true}");
    assertThat(
            cli.ask(
                "dead-letters", "edit", edited.toString(), handler.id(), "--body", body.toString()))
        .isZero();
    handler.awaitState(UUID.fromString(cli.json().path("event").asText()), "done");
    assertThat(
            cli.ask(
                "dead-letters",
                "discard",
                discarded.toString(),
                handler.id(),
                "--reason",
                "a test"))
        .isZero();
    assertThat(cli.ask("dead-letters", "discard", discarded.toString(), handler.id())).isEqualTo(2);
    assertThat(cli.ask("dead-letters", "retry", "--subscription", handler.id(), "--watch"))
        .isZero();
    assertThat(handler.awaitState(retried, "done").replays()).isEqualTo(1);
    assertThat(handler.delivery(discarded).state()).isEqualTo("cancelled");
    assertThat(cli.ask("dead-letters", "retry")).isEqualTo(1);
    assertThat(cli.ask("dead-letters", "retry", retried.toString())).isEqualTo(2);
  }

  @Test
  void aSubscriptionIsMoved() {
    UUID event = handler.send();
    handler.awaitState(event, "done");
    String past = "2026-01-01T00:00:00Z";

    assertThat(cli.ask("subscriptions", "seek", handler.id(), "--to", past, "--dry-run")).isZero();
    assertThat(cli.out()).contains("1 deliveries of 1 events");
    assertThat(cli.ask("subscriptions", "seek", handler.id(), "--to", past, "--watch")).isZero();
    await().until(() -> handler.delivery(event).replays() == 1);
    handler.awaitState(event, "done");
    assertThat(cli.ask("subscriptions", "seek", handler.id(), "--to", "now", "--dry-run")).isZero();
    assertThat(cli.out()).contains("0 deliveries would be skipped");
    assertThat(cli.ask("subscriptions", "seek", handler.id())).isEqualTo(2);
  }

  @Test
  void refusalsAreListedAndCounted() throws Exception {
    new StripeSender(hub.url(), "whsec_of_a_forger_0123456789")
        .post(StripeSender.event("evt_forged", "invoice.paid", "{}"));

    await()
        .untilAsserted(
            () -> {
              assertThat(cli.ask("refusals", "causes", "--source", "stripe")).isZero();
              assertThat(cli.out()).containsPattern("stripe\\s+signature_mismatch\\s+[1-9]");
            });
    assertThat(cli.ask("refusals", "list", "--cause", "signature_mismatch", "--limit=1")).isZero();
    assertThat(cli.out()).contains("DETAIL", "signature_mismatch");
    assertThat(cli.ask("refusals", "list", "--cause", "bad_luck")).isEqualTo(1);
    assertThat(cli.err()).contains("signature_mismatch");
  }
}
