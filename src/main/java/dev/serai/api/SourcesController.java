package dev.serai.api;

import dev.serai.event.Times;
import dev.serai.webhook.Door;
import dev.serai.webhook.Secret;
import dev.serai.webhook.SecretHistory;
import dev.serai.webhook.SecretUse;
import dev.serai.webhook.Source;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The providers that post to this hub. */
@RestController
class SourcesController {

  private static final String LAST_REFUSAL =
      "select at from serai.refusal where source = :source order by id desc limit 1";

  private final Door door;
  private final SecretHistory history;
  private final JdbcClient jdbc;

  SourcesController(
      Door door, SecretHistory history, @Qualifier("readDataSource") DataSource reads) {
    this.door = door;
    this.history = history;
    this.jdbc = JdbcClient.create(reads);
  }

  /** Lists the sources that this hub has routes for. */
  @GetMapping("/api/v1/sources")
  Listing list() {
    return new Listing(door.sources().stream().map(this::view).toList());
  }

  private View view(Source source) {
    List<Secret> secrets = source.secrets();
    return new View(
        source.name(),
        "/webhooks" + source.path(),
        source.scheme().name(),
        !secrets.isEmpty(),
        secrets.size(),
        secrets.stream().map(Secret::expiry).filter(Objects::nonNull).sorted().toList(),
        history.of(source).stream().map(ValidSecret::of).toList(),
        source.unusableSecrets(),
        history.lastUsed(source.name()),
        jdbc.sql(LAST_REFUSAL)
            .param("source", source.name())
            .query((row, number) -> Times.instant(row, "at"))
            .optional()
            .orElse(null));
  }

  /**
   * The sources.
   *
   * @param sources by name
   */
  record Listing(List<View> sources) {}

  /**
   * A source.
   *
   * @param name its name in routes and settings
   * @param path where it posts
   * @param scheme how its requests are verified
   * @param open whether it has a secret, without which all its requests are refused
   * @param secrets how many secrets count now
   * @param expiries when those of them that expire do so
   * @param validSecrets those secrets, in the order of the setting
   * @param unusableSecrets how many configured secrets have another form than they should and are
   *     not used; the log says why
   * @param lastAcceptedAt when any hub last accepted a request of it, also a duplicate; missing for
   *     never
   * @param lastRefusedAt when any hub last refused a request of it; missing if none is kept
   */
  record View(
      String name,
      String path,
      String scheme,
      boolean open,
      int secrets,
      List<Instant> expiries,
      List<ValidSecret> validSecrets,
      int unusableSecrets,
      @Nullable Instant lastAcceptedAt,
      @Nullable Instant lastRefusedAt) {}

  /**
   * A secret that counts now, without itself.
   *
   * @param fingerprint what tells it apart; events that it verified have it as verified_by
   * @param expiresAt when it stops to count; missing for never
   * @param firstSeenAt when any hub first had it; missing for some seconds after that
   * @param lastUsedAt when it last verified a request that any hub accepted, some seconds late for
   *     those of other hubs; missing for never
   */
  record ValidSecret(
      String fingerprint,
      @Nullable Instant expiresAt,
      @Nullable Instant firstSeenAt,
      @Nullable Instant lastUsedAt) {

    static ValidSecret of(SecretUse use) {
      Secret secret = use.secret();
      return new ValidSecret(
          secret.fingerprint(), secret.expiry(), use.firstSeenAt(), use.lastUsedAt());
    }
  }
}
