package dev.serai.cloud.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.auth.Retryable;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A resumable upload: there is no object before its last bytes have come and add up to what we say.
 * What was cut is gone on with where the service says that it has got to. Google's client does the
 * same, but tells the checksum only before the first byte.
 */
final class UploadSession {

  private static final Logger log = LoggerFactory.getLogger(UploadSession.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int GOES_ON = 308;
  private static final int WRITE_MS = 60_000;
  private static final long LONGEST_PAUSE_MS = 5_000;

  private final GoogleStorage.Client client;
  private final Duration timeout;
  private GenericUrl address;
  private long progress = System.nanoTime();
  private int failures;
  private @Nullable IOException lost;

  /**
   * @param timeout how long it may go on without progress
   */
  UploadSession(GoogleStorage.Client client, String bucket, Duration timeout) {
    this.client = client;
    this.timeout = timeout;
    this.address =
        new GenericUrl(
            "%s/upload/storage/v1/b/%s/o?uploadType=resumable".formatted(client.host(), bucket),
            true);
  }

  /** Begins it. */
  void start(Upload upload, String mark) throws IOException {
    String name = URLEncoder.encode(upload.name(), StandardCharsets.UTF_8);
    GenericUrl start =
        new GenericUrl(
            address.build()
                + "&name="
                + name.replace("+", "%20")
                + (upload.overwrite() ? "" : "&ifGenerationMatch=0"),
            true);
    byte[] described = GoogleObject.described(upload, mark);
    while (true) {
      HttpRequest request =
          client
              .http()
              .buildPostRequest(
                  start, new ByteArrayContent("application/json; charset=UTF-8", described));
      request.getHeaders().set("X-Upload-Content-Type", upload.contentType());
      UploadAnswer answer = answer(request);
      if (answer != null && answer.isDone() && answer.location() != null) {
        address = new GenericUrl(answer.location(), true);
        progressed();
        return;
      }
      failed(answer);
    }
  }

  /**
   * Sends some bytes.
   *
   * @return what has become an object of it; null if these were not the last
   */
  @Nullable JsonNode send(UploadSource source) throws IOException {
    long begin = source.offset();
    long end = begin + source.length();
    long from = begin;
    boolean asks = false;
    while (true) {
      UploadAnswer answer = answer(asks ? status(source, end) : put(source, from, end));
      if (answer != null && answer.isDone()) {
        return JSON.readTree(answer.text());
      }
      if (answer != null && answer.isForgotten()) {
        throw new StorageException(0, "the upload was forgotten");
      }
      if (answer == null || answer.status() != GOES_ON) {
        failed(answer);
        asks = true;
        continue;
      }
      asks = false;
      long has = answer.persisted();
      if (has < begin || has > end) {
        throw new StorageException(
            0, "the upload was at byte %s, and is at %s now".formatted(begin, has));
      }
      if (has > from || from == end) {
        progressed();
      } else {
        pause();
      }
      from = has;
      if (from == end && !source.ended()) {
        return null;
      }
    }
  }

  private HttpRequest put(UploadSource source, long from, long end) throws IOException {
    int length = (int) (end - from);
    HttpContent content =
        length == 0
            ? new EmptyContent()
            : new ByteArrayContent(null, source.bytes(), (int) (from - source.offset()), length);
    HttpRequest request = client.http().buildPutRequest(address, content);
    String bytes = length == 0 ? "*" : from + "-" + (end - 1);
    request
        .getHeaders()
        .setContentRange("bytes %s/%s".formatted(bytes, source.ended() ? end : "*"));
    if (source.ended()) {
      request.getHeaders().set("X-Goog-Hash", "crc32c=" + source.crc32c());
    }
    return request;
  }

  private HttpRequest status(UploadSource source, long end) throws IOException {
    HttpRequest request = client.http().buildPutRequest(address, new EmptyContent());
    request.getHeaders().setContentRange("bytes */" + (source.ended() ? end : "*"));
    return request;
  }

  /** Null, if there is none. */
  private @Nullable UploadAnswer answer(HttpRequest request) {
    request.setThrowExceptionOnExecuteError(false);
    request.setFollowRedirects(false);
    request.setWriteTimeout(WRITE_MS);
    request.setReadTimeout(Math.toIntExact(timeout.toMillis()));
    try {
      return UploadAnswer.of(request.execute());
    } catch (IOException e) {
      if (e instanceof Retryable token && !token.isRetryable()) {
        throw new StorageException(0, e.getMessage(), e);
      }
      lost = e;
      return null;
    }
  }

  private void progressed() {
    progress = System.nanoTime();
    failures = 0;
  }

  private void failed(@Nullable UploadAnswer answer) throws IOException {
    if (answer != null && !answer.mayPass()) {
      throw new StorageException(answer.status(), answer.said());
    }
    if (System.nanoTime() - progress > timeout.toNanos()) {
      throw new StorageException(
          answer == null ? 0 : answer.status(),
          answer == null ? "no answer for %s: %s".formatted(timeout, lost) : answer.said(),
          lost);
    }
    pause();
  }

  private void pause() throws IOException {
    long most = Math.min(LONGEST_PAUSE_MS, 200L << Math.min(failures, 10));
    failures++;
    try {
      Thread.sleep(most / 2 + ThreadLocalRandom.current().nextLong(most / 2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("An upload was interrupted");
    }
  }

  /** Tells the service that no more comes; without that it would forget it after a week. */
  void cancel() {
    try {
      UploadAnswer answer = answer(client.http().buildDeleteRequest(address));
      log.debug("An upload is cancelled: {}", answer);
    } catch (IOException | RuntimeException e) {
      log.debug("An upload can't be cancelled", e);
    }
  }
}
