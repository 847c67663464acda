package dev.serai.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The description of the API, made when it is first asked for. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

  @Bean
  OpenAPI description(ObjectProvider<BuildProperties> build) {
    BuildProperties properties = build.getIfAvailable();
    return new OpenAPI()
        .info(
            new Info()
                .title("Serai")
                .version(properties == null ? "unknown" : properties.getVersion())
                .description(
                    "Events, deliveries, and who may do what with them. Times are RFC 3339 in UTC,"
                        + " ids are UUIDv7. Members without a value are left out."))
        .servers(List.of(new Server().url("/")))
        .addSecurityItem(new SecurityRequirement().addList(DescribedAnswers.KEY))
        .schemaRequirement(
            DescribedAnswers.KEY,
            new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description("A key of serai.api.keys with the role that x-role names"));
  }

  /** Before {@link #recordSchemas}, which asks it. The hub's mapper knows how members are named. */
  @Bean
  ModelResolver modelResolver(ObjectMapper json) {
    return new ModelResolver(json.copy(), new SchemaNames()).openapi31(true);
  }

  @Bean
  RecordSchemas recordSchemas() {
    return new RecordSchemas();
  }

  @Bean
  DescribedTexts describedTexts() {
    return new DescribedTexts();
  }

  @Bean
  GlobalOpenApiCustomizer describedAnswers() {
    return new DescribedAnswers();
  }

  @Bean
  GlobalOpenApiCustomizer describedDoor() {
    return new DescribedDoor();
  }
}
