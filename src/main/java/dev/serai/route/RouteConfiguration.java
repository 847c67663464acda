package dev.serai.route;

import dev.serai.route.check.RouteCheck;
import dev.serai.route.check.Surroundings;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

  @Bean
  RoutesFolder routesFolder(
      @Value("${serai.routes.dir}") Path directory, @Value("${serai.cloud:local}") String cloud) {
    return new RoutesFolder(directory.toAbsolutePath().normalize(), cloud);
  }

  @Bean
  RouteFiles routeFiles(RoutesFolder folder, Clock clock) {
    return new RouteFiles(
        folder,
        camel -> new RouteLoading(folder, camel, new RouteCheck(Surroundings.of(camel)), clock));
  }

  @Bean
  @ConditionalOnProperty("serai.dev")
  RouteWatch routeWatch(RoutesFolder folder, RouteFiles files) {
    return new RouteWatch(folder, files);
  }
}
