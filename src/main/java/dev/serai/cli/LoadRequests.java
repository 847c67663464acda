package dev.serai.cli;

import dev.serai.webhook.Scheme;
import dev.serai.webhook.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;

/** Signed requests with unique ids. */
final class LoadRequests {

  private final Scheme scheme;
  private final Secret secret;
  private final Clock clock;
  private final String template;
  private final String head;
  private final String run;
  private int count;

  LoadRequests(
      Scheme scheme, Secret secret, Clock clock, InetSocketAddress address, String path)
      throws IOException {
    this.scheme = scheme;
    this.secret = secret;
    this.clock = clock;
    try (InputStream in = LoadRequests.class.getResourceAsStream("/load-test/invoice.paid.json")) {
      this.template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    this.head =
        "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json; charset=utf-8\r\n"
            .formatted(path, address.getHostString(), address.getPort());
    byte[] random = new byte[6];
    new SecureRandom().nextBytes(random);
    this.run = HexFormat.of().formatHex(random);
  }

  LoadRequest next() {
    String id = run + "%08d".formatted(count++);
    byte[] body =
        template
            .replace("{id}", id)
            .replace("{created}", Long.toString(clock.instant().getEpochSecond()))
            .getBytes(StandardCharsets.UTF_8);
    StringBuilder headers = new StringBuilder(head);
    scheme
        .sign(body, secret, clock.instant())
        .forEach((name, value) -> headers.append(name).append(": ").append(value).append("\r\n"));
    headers.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream request = new ByteArrayOutputStream(headers.length() + body.length);
    request.writeBytes(headers.toString().getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    return new LoadRequest(request.toByteArray());
  }
}
