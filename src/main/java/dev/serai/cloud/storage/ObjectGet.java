package dev.serai.cloud.storage;

import dev.serai.cloud.SimpleExpression;
import dev.serai.cloud.storage.ObjectException.ObjectMissingException;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.io.IOException;
import org.apache.camel.Exchange;

/** The bean of one use of the Kamelet {@code object-get}; Camel sets its parameters. */
public final class ObjectGet {

  private final ObjectStore objects;
  private String bucket = "";
  private String name = "";
  private String offset = "";
  private String length = "";
  private boolean optional;

  ObjectGet(ObjectStore objects) {
    this.objects = objects;
  }

  /** Refuses a bucket that there is not, when the route is loaded. */
  public void open() throws IOException {
    objects.check(bucket);
  }

  /** Makes the object's bytes the body, a stream that closes itself at its end. */
  public void get(Exchange exchange) throws IOException {
    Reading found;
    try {
      found = read(exchange);
    } catch (ObjectMissingException e) {
      if (!optional) {
        throw e;
      }
      exchange.getMessage().setBody(null);
      exchange.removeVariable("serai.result");
      return;
    }
    exchange.getMessage().setBody(found.in());
    exchange.setVariable("serai.result", found.object().json());
  }

  private Reading read(Exchange exchange) throws IOException {
    String object = SimpleExpression.value(exchange, name);
    long from = number("offset", SimpleExpression.value(exchange, offset), 0);
    long most = number("length", SimpleExpression.value(exchange, length), Long.MAX_VALUE);
    return from == 0 && most == Long.MAX_VALUE
        ? objects.read(bucket, object)
        : objects.read(bucket, object, from, most);
  }

  private static long number(String parameter, String text, long otherwise)
      throws ObjectRefusedException {
    if (text.isBlank()) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw new ObjectRefusedException(
          "object-get: %s is '%s'; it must be a number of bytes".formatted(parameter, text));
    }
    return Long.parseLong(text);
  }

  public void setBucket(String bucket) {
    this.bucket = bucket;
  }

  public void setName(String name) {
    this.name = name;
  }

  public void setOffset(String offset) {
    this.offset = offset;
  }

  public void setLength(String length) {
    this.length = length;
  }

  public void setOptional(boolean optional) {
    this.optional = optional;
  }
}
