package dev.serai.redis.channel;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Channels: what is published there reaches those who listen at that moment, on whichever hub.
 *
 * @param names the channels that there are, separated by commas
 * @param messageLimit most bytes of what one message says
 * @param clients most streams that are open on one hub; one more gets 503. Each holds a thread of
 *     the web server
 * @param buffer bytes that may wait for one client; one that reads too slowly is dropped
 */
@Validated
@ConfigurationProperties("serai.channels")
record ChannelSettings(
    @DefaultValue({"agent_updates", "approval_requests", "session_events"}) List<String> names,
    @DefaultValue("64KB") DataSize messageLimit,
    @DefaultValue("64") @Min(0) @Max(10_000) int clients,
    @DefaultValue("1MB") DataSize buffer) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  ChannelSettings {
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "serai.channels.names (SERAI_CHANNELS_NAMES) has '%s'; a channel is named by 1 to 64"
                    .formatted(name)
                + " lower-case letters, digits, _ and -, the first no _ or -");
      }
    }
    if (buffer.toBytes() < messageLimit.toBytes()) {
      throw new IllegalArgumentException(
          "serai.channels.buffer (SERAI_CHANNELS_BUFFER) is %s; one message, %s, must find room"
              .formatted(buffer, messageLimit));
    }
  }
}
