package dev.serai.redis.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.redis.RedisUnavailableException;
import dev.serai.redis.SessionChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/** Tells those who watch of sessions that begin or are revoked. */
class SessionNews {

  private static final String CHANNEL = "session_events";
  private static final Logger log = LoggerFactory.getLogger(SessionNews.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Channels channels;

  SessionNews(Channels channels) {
    this.channels = channels;
  }

  /** Whoever changes a session does not wait for this, nor fails by it. */
  @EventListener
  void changed(SessionChange change) {
    String data =
        JSON.createObjectNode()
            .put("kind", "session." + change.kind())
            .put("session", change.id())
            .put("user", change.user())
            .toString();
    try {
      channels.publish(CHANNEL, change.workspace(), data);
    } catch (RedisUnavailableException | UnknownChannelException | InvalidMessageException e) {
      log.debug("Nobody is told of session {}", change.id(), e);
    }
  }
}
