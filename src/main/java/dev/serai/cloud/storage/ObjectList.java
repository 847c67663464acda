package dev.serai.cloud.storage;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.cloud.SimpleExpression;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The bean of one use of the Kamelet {@code object-list}; Camel sets its parameters. */
public final class ObjectList {

  private static final int MOST = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private final ObjectStore objects;
  private String bucket = "";
  private String prefix = "";
  private String after = "";
  private int limit = MOST;

  ObjectList(ObjectStore objects) {
    this.objects = objects;
  }

  /** Refuses a bucket that there is not, when the route is loaded. */
  public void open() throws IOException {
    objects.check(bucket);
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException(
          "object-list: limit is %s; it must be 1 to %s".formatted(limit, MOST));
    }
  }

  /** Makes the body a map of {@code objects}, their {@code count}, {@code more}, {@code next}. */
  public void list(Exchange exchange) throws IOException {
    ObjectPage page =
        objects.list(
            bucket,
            SimpleExpression.value(exchange, prefix),
            SimpleExpression.value(exchange, after),
            limit);
    List<Map<String, Object>> found =
        page.objects().stream().map(object -> JSON.convertValue(object, MAP)).toList();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("objects", found);
    body.put("count", found.size());
    body.put("more", page.more());
    body.put("next", page.next());
    exchange.getMessage().setBody(body);
  }

  public void setBucket(String bucket) {
    this.bucket = bucket;
  }

  public void setPrefix(String prefix) {
    this.prefix = prefix;
  }

  public void setAfter(String after) {
    this.after = after;
  }

  public void setLimit(int limit) {
    this.limit = limit;
  }
}
