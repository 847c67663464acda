package dev.serai.redis.channel;

import java.util.List;

/** There is no such channel; the message names those that there are. */
public final class UnknownChannelException extends RuntimeException {

  UnknownChannelException(String channel, List<String> known) {
    super("There is no channel '%s'; there are %s".formatted(channel, known));
  }
}
