package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import java.util.ArrayList;
import java.util.List;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** An operation of a controller of ours. */
record Served(String method, String path, HandlerMethod handler) {

  /** All that a hub has. */
  static List<Served> by(TestHub hub) {
    List<Served> served = new ArrayList<>();
    hub.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (mapping, handler) -> {
              for (String path : mapping.getPatternValues()) {
                if (path.startsWith("/api/") && isOurs(handler)) {
                  assertThat(mapping.getMethodsCondition().getMethods()).as(path).isNotEmpty();
                  mapping
                      .getMethodsCondition()
                      .getMethods()
                      .forEach(method -> served.add(new Served(method.name(), path, handler)));
                }
              }
            });
    assertThat(served).hasSizeGreaterThan(14);
    return served;
  }

  private static boolean isOurs(HandlerMethod handler) {
    return handler.getBeanType().getPackageName().startsWith("dev.serai");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
