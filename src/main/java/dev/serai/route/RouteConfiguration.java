package dev.serai.route;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

  @Bean
  RouteFiles routeFiles(@Value("${serai.routes.dir}") Path directory) {
    return new RouteFiles(directory.toAbsolutePath().normalize());
  }
}
