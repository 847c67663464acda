package dev.serai.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Can a route keep what another route answers, and use the services by name? */
class CachedStepTest {

  private static final String ROUTES =
      """
      - route:
          id: ask-%1$s
          errorHandler: {noErrorHandler: {}}
          from:
            uri: direct:ask-%1$s
            steps:
              - to:
                  uri: kamelet:cached
                  parameters:
                    workspace: "w-%1$s"
                    key: "plan-${header.plan}"
                    route: "look-%1$s"
                    ttl: 10m
      - route:
          id: look-%1$s
          errorHandler: {noErrorHandler: {}}
          from:
            uri: direct:look-%1$s
            steps:
              - process: {ref: code-%1$s}
      """;

  private final TestHub hub = TestHub.shared();
  private final String mark = UUID.randomUUID().toString();

  @Test
  void theRouteIsCalledOncePerKeyUntilItsWorkspaceIsCleared() throws Exception {
    var calls = new AtomicInteger();
    Processor look =
        exchange -> {
          String plan = exchange.getMessage().getHeader("plan", String.class);
          exchange.getMessage().setBody(plan + " " + calls.incrementAndGet());
        };
    hub.camel().getRegistry().bind("code-" + mark, Processor.class, look);
    try (TestHub.Routes routes = hub.routes(ROUTES.formatted(mark));
        ProducerTemplate template = hub.camel().createProducerTemplate()) {
      assertThat(routes).isNotNull();
      assertThat(ask(template, "free")).isEqualTo("free 1");
      assertThat(ask(template, "free")).isEqualTo("free 1");
      assertThat(ask(template, "paid")).isEqualTo("paid 2");
      hub.bean(Cache.class).clear("w-" + mark);
      assertThat(ask(template, "free")).isEqualTo("free 3");
    }
  }

  @Test
  void theFailureOfTheRouteIsThatOfTheStepAndIsNotKept() throws Exception {
    var calls = new AtomicInteger();
    Processor look =
        exchange -> {
          if (calls.incrementAndGet() == 1) {
            throw new IllegalStateException("not now");
          }
          exchange.getMessage().setBody("now");
        };
    hub.camel().getRegistry().bind("code-" + mark, Processor.class, look);
    try (TestHub.Routes routes = hub.routes(ROUTES.formatted(mark));
        ProducerTemplate template = hub.camel().createProducerTemplate()) {
      assertThat(routes).isNotNull();
      Assertions.assertThatThrownBy(() -> ask(template, "free"))
          .isInstanceOf(CamelExecutionException.class)
          .hasStackTraceContaining("not now");
      assertThat(ask(template, "free")).isEqualTo("now");
    }
  }

  private String ask(ProducerTemplate template, String plan) {
    return template.requestBodyAndHeader("direct:ask-" + mark, "", "plan", plan, String.class);
  }

  @Test
  void expressionsUseTheStoreAndTheCacheByName() throws Exception {
    String yaml =
        """
        - route:
            id: names-%1$s
            errorHandler: {noErrorHandler: {}}
            from:
              uri: direct:names-%1$s
              steps:
                - bean: {ref: redisStore, method: "set('n-%1$s', '41', '10m')"}
                - bean: {ref: redisStore, method: "increment('n-%1$s', 1, '10m')"}
        """
            .formatted(mark);
    try (TestHub.Routes routes = hub.routes(yaml);
        ProducerTemplate template = hub.camel().createProducerTemplate()) {
      assertThat(routes).isNotNull();
      assertThat(template.requestBody("direct:names-" + mark, "", String.class)).isEqualTo("42");
    }
  }
}
