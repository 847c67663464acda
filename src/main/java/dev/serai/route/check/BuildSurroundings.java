package dev.serai.route.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.function.SingletonSupplier;

/** What a hub of this build would have, found without starting one. */
public final class BuildSurroundings implements Surroundings {

  private static final String METADATA = "META-INF/spring-configuration-metadata.json";

  private final StandardEnvironment environment = new StandardEnvironment();
  private final Supplier<Set<String>> described = SingletonSupplier.of(this::described);
  private final Supplier<Set<String>> beans = SingletonSupplier.of(this::beans);

  /** Reads the environment, {@code .env} and the program's defaults. */
  public BuildSurroundings() {
    Map<String, Object> dotenv =
        Dotenv.configure()
            .ignoreIfMissing()
            .load()
            .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)
            .stream()
            .collect(Collectors.toMap(DotenvEntry::getKey, DotenvEntry::getValue, (a, b) -> b));
    environment
        .getPropertySources()
        .addLast(new SystemEnvironmentPropertySource("dotenv-systemEnvironment", dotenv));
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
  }

  @Override
  public boolean hasProperty(String name) {
    return environment.containsProperty(name) || described.get().contains(name);
  }

  @Override
  public boolean hasBean(String name) {
    return beans.get().contains(name);
  }

  /** The settings that the program has, set or not. */
  private Set<String> described() {
    Set<String> names = new HashSet<>();
    try {
      for (URL url : Collections.list(getClass().getClassLoader().getResources(METADATA))) {
        for (JsonNode property : new ObjectMapper().readTree(url).path("properties")) {
          if (property.path("name").asText().startsWith("serai.")) {
            names.add(property.path("name").asText());
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("The settings of this build can't be read: " + e, e);
    }
    return names;
  }

  /** The names of the beans that Spring would make; it makes none. */
  private Set<String> beans() {
    DefaultListableBeanFactory factory = new DefaultListableBeanFactory();
    new ClassPathBeanDefinitionScanner(factory, true, environment).scan("dev.serai");
    ConfigurationClassPostProcessor configurations = new ConfigurationClassPostProcessor();
    configurations.setEnvironment(environment);
    configurations.postProcessBeanDefinitionRegistry(factory);
    Set<String> names = new HashSet<>(Set.of(factory.getBeanDefinitionNames()));
    for (String name : factory.getBeanDefinitionNames()) {
      Collections.addAll(names, factory.getAliases(name));
    }
    return names;
  }
}
