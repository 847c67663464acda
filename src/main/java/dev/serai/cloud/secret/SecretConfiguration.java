package dev.serai.cloud.secret;

import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleChannels;
import dev.serai.cloud.google.GoogleSettings;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class SecretConfiguration {

  @Bean
  @ConditionalOnProperty(name = "serai.cloud", havingValue = "gcp")
  GoogleSecrets googleSecrets(
      GoogleSettings settings, GoogleAccount account, GoogleChannels channels) {
    return new GoogleSecrets(settings, account, channels);
  }

  /** The folder is not that of the hub's own generated secrets, which routes don't get. */
  @Bean
  @ConditionalOnProperty(name = "serai.cloud", havingValue = "local", matchIfMissing = true)
  SecretStore secretStore(Environment environment) {
    Path data = Path.of(environment.getRequiredProperty("serai.data.dir")).toAbsolutePath();
    return new LocalSecrets(data.resolve("local-secrets"), environment);
  }
}
