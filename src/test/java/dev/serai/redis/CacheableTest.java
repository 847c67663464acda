package dev.serai.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.embedded.TestRedis;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Does Spring's annotation keep what a bean's method returns? */
class CacheableTest {

  private static TestRedis server;
  private static Instance hub;
  private static AnnotationConfigApplicationContext context;

  @BeforeAll
  static void start() throws Exception {
    server = TestRedis.start();
    hub = Instance.on(server.url());
    context = new AnnotationConfigApplicationContext();
    context.registerBean(Cache.class, () -> hub.cache);
    context.registerBean(ObjectMapper.class, () -> new ObjectMapper());
    context.register(CachingConfiguration.class, Plans.class);
    context.refresh();
  }

  @AfterAll
  static void stop() {
    context.close();
    hub.close();
    server.close();
  }

  @Test
  void aMethodIsCalledOncePerArgumentsUntilAllIsForgotten() {
    Plans plans = context.getBean(Plans.class);
    assertThat(plans.plan("a", "b,c")).isEqualTo(new Plan("a", 1));
    assertThat(plans.plan("a", "b,c")).isEqualTo(new Plan("a", 1));
    assertThat(plans.plan("a,b", "c")).isEqualTo(new Plan("a,b", 2));
    plans.forget();
    assertThat(plans.plan("a", "b,c")).isEqualTo(new Plan("a", 3));
    assertThat(plans.none("x")).isNull();
    assertThat(plans.none("x")).isNull();
    assertThat(plans.calls()).isEqualTo(4);
  }

  @Test
  void aValueThatCouldNotBeMadeAgainIsRefused() {
    Plans plans = context.getBean(Plans.class);
    assertThatThrownBy(() -> plans.list()).hasMessageContaining("can't keep a java.util");
  }

  record Plan(String name, int number) {}

  static class Plans {
    private int calls;

    public int calls() {
      return calls;
    }

    @Cacheable(cacheNames = "plans", sync = true)
    public Plan plan(String name, String variant) {
      assertThat(variant).isNotEmpty();
      return new Plan(name, ++calls);
    }

    @Cacheable("nothing")
    public @Nullable String none(String name) {
      calls++;
      return name.isEmpty() ? name : null;
    }

    @Cacheable(cacheNames = "lists", sync = true)
    public List<String> list() {
      return List.of("a");
    }

    @CacheEvict(cacheNames = "plans", allEntries = true)
    public void forget() {}
  }
}
