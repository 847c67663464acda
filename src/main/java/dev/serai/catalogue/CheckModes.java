package dev.serai.catalogue;

import dev.serai.event.TypePattern;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The mode of an event, by its type, else by its source. */
final class CheckModes {

  private final List<TypeRule> types;
  private final Map<String, CheckMode> sources;
  private final Function<String, CheckMode> others;

  /** Only types with a schema are asked for, so this is as small as the catalogue. */
  private final Map<String, TypeMode> known = new ConcurrentHashMap<>();

  CheckModes(
      List<CheckSettings.Rule> types,
      List<CheckSettings.Rule> sources,
      Function<String, CheckMode> others) {
    this.types = types.stream().map(rule -> new TypeRule(rule.pattern(), rule.mode())).toList();
    this.sources =
        sources.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    CheckSettings.Rule::key, CheckSettings.Rule::mode, (first, second) -> first));
    this.others = others;
  }

  CheckMode of(String type, String source) {
    CheckMode mode = ofType(type);
    return mode == null ? ofSource(source) : mode;
  }

  /** The mode that a type has whatever its source is; null if it goes by the source. */
  @Nullable CheckMode ofType(String type) {
    return types.isEmpty() ? null : known.computeIfAbsent(type, this::find).mode;
  }

  CheckMode ofSource(String source) {
    CheckMode mode = sources.get(source);
    return mode == null ? others.apply(source) : mode;
  }

  private TypeMode find(String type) {
    return types.stream()
        .filter(rule -> rule.pattern.test(type))
        .findFirst()
        .map(rule -> new TypeMode(rule.mode))
        .orElse(new TypeMode(null));
  }

  private record TypeRule(TypePattern pattern, CheckMode mode) {}

  private record TypeMode(@Nullable CheckMode mode) {}
}
