package dev.serai.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;

/** Signed requests of one size with unique ids, for load tests and the warm-up; for one thread. */
public final class LoadRequests {

  private final Scheme scheme;
  private final Secret secret;
  private final String head;
  private final Clock clock;
  private final String template;
  private final String run;
  private int count;

  public LoadRequests(Scheme scheme, Secret secret, String host, String path, Clock clock)
      throws IOException {
    this.scheme = scheme;
    this.secret = secret;
    this.clock = clock;
    this.head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json; charset=utf-8\r\n"
            .formatted(path, host);
    try (InputStream in = LoadRequests.class.getResourceAsStream("/load-test/invoice.paid.json")) {
      this.template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    this.run = RandomHex.of(6);
  }

  /** The next request, head and body. */
  public byte[] next() {
    String id = run + String.format(Locale.ROOT, "%08d", count++);
    byte[] body = Templates.fill(template, id, id, clock);
    StringBuilder headers = new StringBuilder(head);
    scheme
        .sign(body, secret, clock.instant())
        .forEach((name, value) -> headers.append(name).append(": ").append(value).append("\r\n"));
    headers.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    var request = new ByteArrayOutputStream(headers.length() + body.length);
    request.writeBytes(headers.toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    return request.toByteArray();
  }
}
