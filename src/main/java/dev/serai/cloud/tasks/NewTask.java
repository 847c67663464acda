package dev.serai.cloud.tasks;

import com.google.cloud.tasks.v2.HttpMethod;
import com.google.cloud.tasks.v2.HttpRequest;
import com.google.cloud.tasks.v2.OAuthToken;
import com.google.cloud.tasks.v2.OidcToken;
import com.google.cloud.tasks.v2.Task;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import dev.serai.cloud.PostBody;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The task that a message is. */
final class NewTask {

  private static final int LARGEST = 1024 * 1024;
  private static final Duration FURTHEST = Duration.ofDays(30);
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final List<String> METHODS =
      List.of("POST", "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS");

  private final GoogleCloudTasksOptions options;
  private final TaskSettings settings;

  NewTask(GoogleCloudTasksOptions options, TaskSettings settings) {
    this.options = options;
    this.settings = settings;
  }

  /**
   * @param name its full name; empty for one that Cloud Tasks gives
   * @throws IllegalArgumentException naming what Cloud Tasks would not take
   */
  Task of(Exchange exchange, String name, Instant now) throws IOException {
    Message message = exchange.getMessage();
    Task.Builder task = Task.newBuilder().setName(name).setHttpRequest(request(message));
    Instant due = due(message, now);
    if (due != null) {
      require(
          !due.isAfter(now.plus(FURTHEST)),
          "the time of the task is %s; Cloud Tasks takes none of more than 30 days ahead"
              .formatted(due));
      task.setScheduleTime(
          Timestamp.newBuilder().setSeconds(due.getEpochSecond()).setNanos(due.getNano()));
    }
    if (options.dispatchDeadline != null) {
      task.setDispatchDeadline(Durations.fromMillis(options.dispatchDeadline.toMillis()));
    }
    Task made = task.build();
    require(
        made.getSerializedSize() <= LARGEST,
        "the task has %s bytes with its URL and headers; Cloud Tasks takes %s at most"
            .formatted(made.getSerializedSize(), LARGEST));
    return made;
  }

  private HttpRequest request(Message message) throws IOException {
    String url = value(message, GoogleCloudTasksConstants.URL, options.url);
    require(!url.isEmpty(), "there is no URL: set the option 'url'");
    String method = value(message, GoogleCloudTasksConstants.METHOD, options.method);
    require(
        METHODS.contains(method),
        "the method is '%s'; it must be one of %s".formatted(method, METHODS));
    HttpRequest.Builder request =
        HttpRequest.newBuilder().setUrl(url).setHttpMethod(HttpMethod.valueOf(method));
    options.headers.forEach((name, value) -> request.putHeaders(name, String.valueOf(value)));
    Map<?, ?> more = message.getHeader(GoogleCloudTasksConstants.HEADERS, Map.class);
    if (more != null) {
      more.forEach(
          (name, value) -> request.putHeaders(String.valueOf(name), String.valueOf(value)));
    }
    if (WITH_BODY.contains(method)) {
      request.setBody(ByteString.copyFrom(PostBody.bytes(message.getBody())));
      String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
      if (type != null && !has(request, "content-type")) {
        request.putHeaders("Content-Type", type);
      }
    }
    token(request, url);
    return request.build();
  }

  /** None in place of what the author shows; the request would carry the token only. */
  private void token(HttpRequest.Builder request, String url) {
    if (!options.oauthServiceAccount.isEmpty()) {
      request.setOauthToken(
          OAuthToken.newBuilder()
              .setServiceAccountEmail(options.oauthServiceAccount)
              .setScope(options.oauthScope));
      return;
    }
    String account = first(options.oidcServiceAccount, settings.serviceAccount());
    if (!account.isEmpty() && !has(request, "authorization")) {
      request.setOidcToken(
          OidcToken.newBuilder()
              .setServiceAccountEmail(account)
              .setAudience(first(options.oidcAudience, first(settings.audience(), url))));
    }
  }

  private static boolean has(HttpRequest.Builder request, String header) {
    return request.getHeadersMap().keySet().stream()
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(header));
  }

  private @Nullable Instant due(Message message, Instant now) {
    Object time = message.getHeader(GoogleCloudTasksConstants.SCHEDULE_TIME);
    if (time != null) {
      return time instanceof Instant instant ? instant : Instant.parse(time.toString());
    }
    Duration delay = message.getHeader(GoogleCloudTasksConstants.DELAY, Duration.class);
    delay = delay == null ? options.delay : delay;
    return delay == null ? null : now.plus(delay);
  }

  static String value(Message message, String header, String otherwise) {
    return first(message.getHeader(header, "", String.class), otherwise);
  }

  private static String first(String one, String other) {
    return one.isEmpty() ? other : one;
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException("google-cloud-tasks: " + otherwise);
    }
  }
}
