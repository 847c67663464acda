package dev.serai.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses parameters that a call doesn't have: a misspelt filter would otherwise list everything.
 * Those who take all parameters as a map check them themselves.
 */
final class UnknownParameters implements HandlerInterceptor {

  private final Map<Method, Known> known = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method) {
      Known parameters = known.computeIfAbsent(method.getMethod(), key -> of(method));
      request.getParameterMap().forEach((name, values) -> check(parameters, name, values));
    }
    return true;
  }

  private static void check(Known parameters, String name, String[] values) {
    if (!parameters.takesAll && !parameters.names.contains(name)) {
      throw Problem.badRequest(
          parameters.names.isEmpty()
              ? "There is no parameter '%s'; there are none".formatted(name)
              : "There is no parameter '%s'; there are %s".formatted(name, parameters.names));
    }
    if (values.length > 1 && !parameters.lists.contains(name)) {
      throw Problem.badRequest("Parameter '%s' is given %s times".formatted(name, values.length));
    }
  }

  private static Known of(HandlerMethod method) {
    Set<String> names = new TreeSet<>();
    Set<String> lists = new TreeSet<>();
    boolean takesAll = false;
    for (MethodParameter parameter : method.getMethodParameters()) {
      RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
      if (annotation == null) {
        // An object that Spring fills from the query, unless another annotation says otherwise.
        takesAll |= parameter.getParameterAnnotations().length == 0;
        continue;
      }
      Class<?> type = parameter.getParameterType();
      takesAll |= Map.class.isAssignableFrom(type);
      String name =
          annotation.name().isEmpty()
              ? String.valueOf(parameter.getParameter().getName())
              : annotation.name();
      names.add(name);
      if (Collection.class.isAssignableFrom(type) || type.isArray()) {
        lists.add(name);
      }
    }
    return new Known(names, lists, takesAll);
  }

  private record Known(Set<String> names, Set<String> lists, boolean takesAll) {}
}
