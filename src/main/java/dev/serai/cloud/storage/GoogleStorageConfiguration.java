package dev.serai.cloud.storage;

import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleSettings;
import dev.serai.cloud.google.Integration;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "serai.cloud", havingValue = "gcp")
@EnableConfigurationProperties(BucketSettings.class)
class GoogleStorageConfiguration {

  @Bean
  GoogleStorage googleStorage(GoogleSettings settings, GoogleAccount account) {
    return new GoogleStorage(settings, account);
  }

  @Bean
  GoogleObjects googleObjects(BucketSettings buckets, GoogleStorage storage) {
    return new GoogleObjects(buckets, storage);
  }

  @Bean
  GoogleSigner googleSigner(GoogleObjects objects, GoogleStorage storage, Clock clock) {
    return new GoogleSigner(objects, storage, clock);
  }

  @Bean
  Integration storageIntegration(GoogleObjects objects, GoogleStorage storage) {
    return new StorageIntegration(objects, storage);
  }
}
