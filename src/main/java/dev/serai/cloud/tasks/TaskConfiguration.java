package dev.serai.cloud.tasks;

import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleChannels;
import dev.serai.cloud.google.GoogleSettings;
import dev.serai.cloud.google.Integration;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "serai.cloud", havingValue = "gcp")
@EnableConfigurationProperties(TaskSettings.class)
class TaskConfiguration {

  @Bean
  TaskClients taskClients(
      GoogleSettings google,
      GoogleAccount account,
      GoogleChannels channels,
      TaskSettings settings) {
    return new TaskClients(google, account, channels, settings);
  }

  /** Camel finds a component under this name. */
  @Bean("google-cloud-tasks-component")
  GoogleCloudTasksComponent googleCloudTasksComponent(TaskClients clients, Clock clock) {
    return new GoogleCloudTasksComponent(clients, clock);
  }

  @Bean
  Integration taskCheck(GoogleCloudTasksComponent component) {
    return new TaskCheck(component);
  }
}
