package dev.serai.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON whose numbers are the same whether they are written 1, 1.0 or "1". */
final class Json {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Json() {}

  static Map<String, Object> read(String text) {
    try {
      return plain(JSON.readValue(text, new TypeReference<Map<String, Object>>() {}));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, Object> plain(Map<?, ? extends @Nullable Object> map) {
    Map<String, Object> plain = new TreeMap<>();
    map.forEach((name, value) -> plain.put(String.valueOf(name), of(value)));
    return plain;
  }

  private static Object of(@Nullable Object value) {
    return switch (value) {
      case null -> "none";
      case Map<?, ?> map -> plain(map);
      case List<?> list -> list.stream().map(Json::of).toList();
      case Number number -> Sums.plain(new BigDecimal(number.toString()));
      default -> value;
    };
  }
}
