package dev.serai.cloud.topic;

import dev.serai.cloud.SimpleExpression;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * What a message is known by that says no key of its own: the event that is handled, the
 * subscription, the step, and how often that has published while handling it. A repeated delivery
 * gives the same again.
 */
final class StepKey {

  /** As long as the dedupe key of an event may be; a longer one is told by its hash. */
  private static final int LONGEST = 512;

  private static final String SUBSCRIPTION = "SeraiSubscription";
  private static final String EMISSIONS = "SeraiEmissions";
  private static final String BATCH = "SeraiBatch";

  private StepKey() {}

  /**
   * The key; one that nothing else has where no event is handled.
   *
   * @throws IllegalArgumentException in a batch, where only the route's author can tell
   */
  @SuppressWarnings("unchecked")
  static String of(Exchange exchange, String step) {
    if (exchange.getProperty(BATCH) instanceof List<?> batch && !batch.isEmpty()) {
      throw new IllegalArgumentException(
          "topic-publish: parameter 'key' is missing; in a batch it must say what makes a repeated"
              + " delivery publish the same message");
    }
    Map<?, ?> event = exchange.getVariable("event", Map.class);
    Map<String, Integer> emissions = exchange.getProperty(EMISSIONS, Map.class);
    if (event == null || emissions == null) {
      return UUID.randomUUID().toString();
    }
    int count = emissions.merge(step, 1, Integer::sum);
    String key = "%s/%s/%s".formatted(event.get("id"), exchange.getProperty(SUBSCRIPTION), step);
    String counted = count == 1 ? key : key + "/" + count;
    String replay = SimpleExpression.value(exchange, "${exchangeProperty.SeraiDelivery?.replay}");
    return replay.isEmpty() || replay.equals("0") ? counted : counted + "@" + replay;
  }

  /** The key as an attribute and an event may have it. */
  static String fit(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= LONGEST && key.indexOf(0) < 0 ? key : "sha256:" + hash(bytes);
  }

  static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
