package dev.serai.cloud;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.model.Event;
import com.stripe.model.StripeCollection;
import com.stripe.model.StripeError;
import com.stripe.net.StripeResponse;
import com.stripe.param.EventListParams;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks Stripe's API by Stripe's own library. What it says when it fails has no key in it. */
public final class StripeApi {

  /** Stripe tells a key that it does not know, but for its middle. */
  private static final Pattern KEY = Pattern.compile("\\b[rs]k_(live|test)_\\S+");

  private static final String RETRY_AFTER = "Retry-After";

  private final StripeSettings settings;
  private final @Nullable StripeClient client;

  StripeApi(StripeSettings settings) {
    this.settings = settings;
    this.client = isConfigured() ? client(settings) : null;
  }

  /** The deliveries repeat, so that the library need not. */
  private static StripeClient client(StripeSettings settings) {
    int millis = Math.toIntExact(settings.timeout().toMillis());
    return StripeClient.builder()
        .setApiKey(settings.apiKey())
        .setApiBase(settings.apiUrl())
        .setConnectTimeout(millis)
        .setReadTimeout(millis)
        .setMaxNetworkRetries(0)
        .build();
  }

  /** Whether there is a key to ask with: without one there is nothing to reconcile. */
  public boolean isConfigured() {
    return !settings.apiKey().isBlank();
  }

  /**
   * One page of the list of events.
   *
   * @throws ReceiverException when Stripe answers with an error
   * @throws IOException when it does not answer
   */
  StripeCollection<Event> events(EventListParams params) throws ReceiverException, IOException {
    if (client == null) {
      throw new IllegalStateException("serai.stripe.api-key (SERAI_STRIPE_API_KEY) is not set");
    }
    long begin = System.nanoTime();
    try {
      return client.v1().events().list(params);
    } catch (ApiConnectionException e) {
      throw new IOException(clean(String.valueOf(e.getMessage())));
    } catch (StripeException e) {
      throw failure(e, (System.nanoTime() - begin) / 1_000_000);
    }
  }

  private ReceiverException failure(StripeException e, long millis) {
    Integer status = e.getStatusCode();
    return ReceiverException.of(
        new Answer(
            "stripe",
            String.valueOf(URI.create(settings.apiUrl()).getHost()),
            status == null ? 0 : status,
            "",
            headers(e.getStripeError()),
            clean(String.valueOf(e.getMessage())),
            millis));
  }

  private static Map<String, String> headers(@Nullable StripeError error) {
    Map<String, String> kept = new HashMap<>();
    StripeResponse response = error == null ? null : error.getLastResponse();
    if (response != null) {
      response.headers().firstValue(RETRY_AFTER).ifPresent(value -> kept.put(RETRY_AFTER, value));
    }
    return kept;
  }

  private String clean(String text) {
    return KEY.matcher(text.replace(settings.apiKey(), "***")).replaceAll("***");
  }
}
