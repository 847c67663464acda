package dev.serai.cloud.topic;

import java.time.Instant;
import java.util.List;

/** Where messages of Pub/Sub are kept from before they are acknowledged. */
public interface TopicLog {

  /**
   * Makes messages durable, in their order and all together; each is delivered from now on by the
   * hub itself. One that is there already is left as it is.
   *
   * @throws UnfitMessageException if one of them never can be; none is kept then
   * @throws RuntimeException if that is not possible now; none is kept
   */
  void append(List<Taken> messages);

  /** Notes that a message can't be kept, and why. */
  void refuse(Taken message, UnfitMessageException problem);

  /**
   * A message as it was taken.
   *
   * @param id Pub/Sub's
   * @param key what a second one of the same subscription is known by
   * @param json the message itself, see {@link TopicMessage}
   * @param orderedBy the ordering key, fit to be the subject of an event; empty for none
   */
  record Taken(
      String topic,
      String subscription,
      String id,
      String key,
      Instant publishTime,
      String orderedBy,
      byte[] json) {}
}
