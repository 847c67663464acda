package dev.serai.redis;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Sessions of users, kept in Redis.
 *
 * @param idle how long a session lives after it was last used
 * @param longest how long it lives in all, however often it is used
 * @param perUser most sessions of a user; a further one ends the oldest
 * @param maxSize most that a session may hold: messages, context and metadata as JSON
 * @param maxMessages most messages of a session
 */
@Validated
@ConfigurationProperties("serai.sessions")
public record SessionSettings(
    @DefaultValue("30m") Duration idle,
    @DefaultValue("7d") Duration longest,
    @DefaultValue("100") @Min(1) int perUser,
    @DefaultValue("256KB") DataSize maxSize,
    @DefaultValue("1000") @Min(0) int maxMessages) {

  public SessionSettings {
    if (idle.toMillis() < 1 || longest.compareTo(idle) < 0) {
      throw new IllegalArgumentException(
          "serai.sessions.idle (SERAI_SESSIONS_IDLE) is %s and serai.sessions.longest is %s; they must be more than 0, and the second not less than the first"
              .formatted(idle, longest));
    }
  }
}
