package dev.serai.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.PathParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.Ordered;

/** Describes where providers post, which no controller serves. */
final class DescribedDoor implements GlobalOpenApiCustomizer, Ordered {

  /** What is told of an event that is in the log. */
  static final String RECEIPT = "Receipt";

  @Override
  public void customise(OpenAPI api) {
    api.schema(RECEIPT, receipt());
    api.path("/webhooks/{source}", new PathItem().post(post()));
  }

  private static Operation post() {
    return new Operation()
        .operationId("webhooks.post")
        .tags(List.of("webhooks"))
        .summary("Takes an event of a provider.")
        .description(
            "Takes an event of a provider. It needs no key but the provider's signature, in the"
                + " headers of the source's scheme. 200 means: committed.")
        .security(List.of())
        .addParametersItem(
            new PathParameter()
                .name("source")
                .description("The source's path, by default its name")
                .schema(new StringSchema()))
        .requestBody(
            new RequestBody()
                .required(true)
                .description("The event as the provider signed it, byte for byte")
                .content(
                    new Content()
                        .addMediaType(
                            "application/json", new MediaType().schema(new JsonSchema()))))
        .responses(answers());
  }

  private static ApiResponses answers() {
    ApiResponses answers = new ApiResponses();
    answers.addApiResponse(
        "200",
        new ApiResponse()
            .description("It is in the log")
            .content(
                new Content()
                    .addMediaType(
                        "application/json", new MediaType().schema(new Schema<>().$ref(RECEIPT)))));
    answers.addApiResponse("400", DescribedAnswers.answer("The body is no event"));
    answers.addApiResponse("401", DescribedAnswers.answer("The signature is missing or wrong"));
    answers.addApiResponse("404", DescribedAnswers.answer("No source posts here"));
    answers.addApiResponse("405", DescribedAnswers.answer("Not a POST"));
    answers.addApiResponse("413", DescribedAnswers.answer("The body is too large"));
    answers.addApiResponse("415", DescribedAnswers.answer("The body is not JSON"));
    answers.addApiResponse("503", DescribedAnswers.answer("Try again after Retry-After"));
    answers.addApiResponse("default", DescribedAnswers.answer("Any other problem"));
    return answers;
  }

  private static Schema<?> receipt() {
    return new ObjectSchema()
        .description("What became of an event that was posted")
        .addProperty("id", new StringSchema().format("uuid").description("The hub's id of it"))
        .addProperty(
            "status",
            new StringSchema()
                ._enum(List.of("accepted", "duplicate", "conflict"))
                .description("Whether it is new, known, or contradicts a known one"))
        .required(List.of("id", "status"));
  }

  /** After {@link DescribedAnswers}, whose roles and answers it doesn't have. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
