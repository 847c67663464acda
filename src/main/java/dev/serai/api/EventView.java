package dev.serai.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as the API shows it.
 *
 * @param id the hub's id of it
 * @param source who says that it happened
 * @param type what happened
 * @param key the dedupe key
 * @param subject what it happened to
 * @param workspace the tenant it belongs to
 * @param time when it happened, by its source
 * @param receivedAt when the hub took it
 * @param contentType media type of its body
 * @param bodyBytes length of its body; of a sensitive one, as it is stored
 * @param verifiedBy fingerprint of the secret that verified it; {@code recovered:} and how, if no
 *     webhook brought it and the provider was asked
 * @param causationId the event whose handling emitted it
 * @param hops how many events lie between it and the first of its chain
 * @param traceId the id of the trace that it belongs to (W3C Trace Context): its own id without
 *     hyphens if the trace begins with it
 * @param conflict whether it contradicts an event of the same key, and so is not delivered
 * @param sensitive whether its body is stored encrypted, shown to admins only, and erased
 * @param erasedAt when its body was erased
 * @param duplicates how many copies came after it
 * @param lastDuplicateAt when the last of them came
 * @param deliveries what became of it
 */
record EventView(
    UUID id,
    String source,
    String type,
    String key,
    @Nullable String subject,
    @Nullable String workspace,
    Instant time,
    Instant receivedAt,
    String contentType,
    int bodyBytes,
    @Nullable String verifiedBy,
    @Nullable UUID causationId,
    int hops,
    String traceId,
    boolean conflict,
    boolean sensitive,
    @Nullable Instant erasedAt,
    int duplicates,
    @Nullable Instant lastDuplicateAt,
    List<DeliveryView> deliveries) {

  EventView with(List<DeliveryView> found) {
    return new EventView(
        id,
        source,
        type,
        key,
        subject,
        workspace,
        time,
        receivedAt,
        contentType,
        bodyBytes,
        verifiedBy,
        causationId,
        hops,
        traceId,
        conflict,
        sensitive,
        erasedAt,
        duplicates,
        lastDuplicateAt,
        found);
  }

  /**
   * One page of events.
   *
   * @param events the newest first
   * @param next the cursor of the page after it; missing on the last one
   */
  record Page(List<EventView> events, @Nullable String next) {}
}
