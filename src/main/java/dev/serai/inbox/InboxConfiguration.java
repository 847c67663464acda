package dev.serai.inbox;

import dev.serai.event.LogTransaction;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class InboxConfiguration {

  @Bean
  MessageLog messageLog(LogTransaction transaction, MeterRegistry metrics, Clock clock) {
    return new MessageLog(transaction, metrics, clock);
  }
}
