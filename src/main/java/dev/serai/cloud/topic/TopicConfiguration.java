package dev.serai.cloud.topic;

import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleChannels;
import dev.serai.cloud.google.GoogleSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "serai.cloud", havingValue = "gcp")
@EnableConfigurationProperties(TopicSettings.class)
class TopicConfiguration {

  @Bean
  Pubsub pubsub(GoogleSettings google, GoogleAccount account, GoogleChannels channels) {
    return new Pubsub(google, account, channels);
  }

  /** The Kamelet topic-publish asks for it. */
  @Bean
  Publishers topicPublishers(Pubsub pubsub, TopicSettings settings) {
    return new Publishers(pubsub, settings);
  }

  /** The Kamelet topic-source asks for it. */
  @Bean
  Pulls topicPulls(Pubsub pubsub, TopicSettings settings, TopicLog messages) {
    return new Pulls(pubsub, settings, messages);
  }

  @Bean
  TopicsIntegration topicsIntegration(Pubsub pubsub, Publishers publishers, Pulls pulls) {
    return new TopicsIntegration(pubsub, publishers, pulls);
  }
}
