package dev.serai.archive;

import dev.serai.event.ErasedSubjects;
import dev.serai.event.LoggedEvents;
import dev.serai.webhook.Door;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ArchiveConfiguration {

  /** For the routes of the sink and of the jobs. */
  @Bean
  Archive archive(LoggedEvents log, ErasedSubjects erased, Door door) {
    return new Archive(log, erased, door);
  }
}
