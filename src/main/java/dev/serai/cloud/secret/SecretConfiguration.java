package dev.serai.cloud.secret;

import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class SecretConfiguration {

  /** The folder is not that of the hub's own generated secrets, which routes don't get. */
  @Bean
  SecretStore secretStore(Environment environment) {
    Path data = Path.of(environment.getRequiredProperty("serai.data.dir")).toAbsolutePath();
    return new LocalSecrets(data.resolve("local-secrets"), environment);
  }
}
