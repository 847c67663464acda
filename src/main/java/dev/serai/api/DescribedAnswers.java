package dev.serai.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Adds to every operation the role that it needs and the problems that it may answer with. */
final class DescribedAnswers implements GlobalOpenApiCustomizer {

  /** Name of the security scheme. */
  static final String KEY = "key";

  private static final String PROBLEM = "Problem";

  @Override
  public void customise(OpenAPI api) {
    api.schema(PROBLEM, problem());
    api.getPaths()
        .forEach(
            (path, item) ->
                item.readOperationsMap()
                    .forEach((method, operation) -> complete(path, method, operation)));
  }

  private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
    String role = Role.neededFor(method.name(), path).word();
    operation.addExtension("x-role", role);
    String description = operation.getDescription();
    operation.setDescription(
        "%sNeeds the role %s.".formatted(description == null ? "" : description + "\n\n", role));
    boolean hasInput = operation.getParameters() != null || operation.getRequestBody() != null;
    if (hasInput) {
      add(operation, 400, "A parameter or the body makes no sense; the detail names it");
    }
    add(operation, 401, "No key, or none of the hub's");
    add(operation, 403, "The key's role is too small");
    if (path.contains("{")) {
      add(operation, 404, "There is no such thing");
    }
    if (operation.getRequestBody() != null) {
      add(operation, 415, "The body is not JSON");
    }
    add(operation, 429, "Too many requests with this key; Retry-After says for how long");
    add(operation, 503, "The database can't be used at the moment; try again after Retry-After");
    operation.getResponses().addApiResponse("default", answer("Any other problem"));
  }

  private static void add(Operation operation, int status, String meaning) {
    operation.getResponses().putIfAbsent(Integer.toString(status), answer(meaning));
  }

  /** A problem as an answer. */
  static ApiResponse answer(String meaning) {
    return new ApiResponse()
        .description(meaning)
        .content(
            new Content()
                .addMediaType(
                    "application/problem+json",
                    new MediaType().schema(new Schema<>().$ref(PROBLEM))));
  }

  private static Schema<?> problem() {
    return new ObjectSchema()
        .description("A problem (RFC 9457)")
        .addProperty("type", new StringSchema().description("Always about:blank"))
        .addProperty("title", new StringSchema().description("The status in words"))
        .addProperty("status", new IntegerSchema().description("The HTTP status"))
        .addProperty("cause", new StringSchema().description("A word for programs"))
        .addProperty("detail", new StringSchema().description("What is wrong, for people"))
        .addProperty("instance", new StringSchema().description("The path that was asked"))
        .required(List.of("type", "title", "status", "cause", "detail"));
  }
}
