package dev.serai.api;

import dev.serai.webhook.Door;
import dev.serai.webhook.RandomHex;
import dev.serai.webhook.Secret;
import dev.serai.webhook.Source;
import dev.serai.webhook.Templates;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** In development: signs an example event of a provider and posts it to this hub's own door. */
@RestController
@RequestMapping("/api/v1/trigger")
class TriggerController {

  private final Door door;
  private final Clock clock;
  private final WebServerApplicationContext server;
  private final boolean dev;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  TriggerController(
      Door door,
      Clock clock,
      WebServerApplicationContext server,
      @Value("${serai.dev}") boolean dev) {
    this.door = door;
    this.clock = clock;
    this.server = server;
    this.dev = dev;
  }

  /**
   * The types of a source that can be triggered.
   *
   * @param source the source
   */
  @GetMapping("/{source}")
  Map<String, List<String>> types(@PathVariable String source) {
    return Map.of("types", Templates.types(source));
  }

  /**
   * Posts one event; answers what the door answered.
   *
   * @param source the source, such as {@code stripe}, or what the names of several begin with, such
   *     as {@code supabase}
   * @param type a type of the provider's, such as {@code invoice.paid}
   * @param object makes the ids of what it happened to, so that several events are of one payment
   */
  @ApiResponse(
      responseCode = "200",
      description = "OK",
      content =
          @Content(
              mediaType = "application/json",
              schema = @Schema(ref = "#/components/schemas/" + DescribedDoor.RECEIPT)))
  @PostMapping("/{source}/{type}")
  ResponseEntity<String> trigger(
      @PathVariable String source,
      @PathVariable String type,
      @RequestParam(required = false) @Nullable String object)
      throws IOException, InterruptedException {
    if (!dev) {
      throw Problem.forbidden("Events are triggered in development only (SERAI_DEV=true)");
    }
    Templates.Template template = template(source, type);
    Source target =
        door.source(template.source())
            .orElseThrow(() -> Problem.notFound("source", template.source()));
    HttpResponse<String> answer =
        http.send(request(target, template, object), HttpResponse.BodyHandlers.ofString());
    return ResponseEntity.status(answer.statusCode())
        .contentType(
            MediaType.parseMediaType(
                answer.headers().firstValue("Content-Type").orElse("application/json")))
        .body(answer.body());
  }

  private HttpRequest request(Source source, Templates.Template template, @Nullable String object) {
    if (object != null && !object.matches("[A-Za-z0-9]{1,40}")) {
      throw Problem.badRequest(
          "Parameter 'object' is '%s'; it must be 1 to 40 letters and digits".formatted(object));
    }
    byte[] body =
        source
            .scheme()
            .wrap(
                Templates.fill(
                    template.text(),
                    RandomHex.of(8),
                    object == null ? RandomHex.of(8) : object,
                    clock));
    Secret secret =
        source.secrets().stream()
            .findFirst()
            .orElseThrow(
                () -> Problem.conflict("Source '%s' has no secret".formatted(source.name())));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%s/webhooks%s"
                        .formatted(server.getWebServer().getPort(), source.path())))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    source.scheme().sign(body, secret, clock.instant()).forEach(request::header);
    return request.build();
  }

  private static Templates.Template template(String source, String type) {
    try {
      return Templates.find(source, type);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
