package dev.serai.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the hub itself says: a breaker has opened, a limit is reached. */
public final class OwnEvent {

  /** The source of every event that the hub itself emits. */
  public static final String SOURCE = "serai";

  private static final ObjectMapper JSON = new ObjectMapper();

  private OwnEvent() {}

  /**
   * @param source {@link #SOURCE}, or what of the hub it is that speaks
   * @param data its body, written as JSON
   */
  public static NewEvent of(
      String source,
      String type,
      String key,
      @Nullable String subject,
      @Nullable String workspace,
      Instant time,
      Map<String, ? extends @Nullable Object> data) {
    try {
      byte[] body = JSON.writeValueAsBytes(data);
      return new NewEvent(
          source,
          type,
          key,
          subject,
          workspace,
          time,
          "application/json",
          body,
          null,
          null,
          null,
          0,
          null);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The data of '%s' can't be JSON".formatted(type), e);
    }
  }
}
