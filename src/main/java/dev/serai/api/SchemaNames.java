package dev.serai.api;

import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;

/** Names schemas after their class and the one around it: several controllers have a Listing. */
final class SchemaNames extends TypeNameResolver {

  @Override
  protected String nameForClass(Class<?> type, Set<Options> options) {
    Class<?> around = type.getEnclosingClass();
    return around == null
        ? type.getSimpleName()
        : around.getSimpleName().replaceFirst("(Controller|View)$", "") + type.getSimpleName();
  }
}
