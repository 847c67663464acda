package dev.serai.cloud.storage;

import dev.serai.cloud.SimpleExpression;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.io.IOException;
import org.apache.camel.Exchange;

/** The bean of one use of the Kamelet {@code object-delete}; Camel sets its parameters. */
public final class ObjectDelete {

  private final ObjectStore objects;
  private String bucket = "";
  private String name = "";
  private String generation = "";

  ObjectDelete(ObjectStore objects) {
    this.objects = objects;
  }

  /** Refuses a bucket that there is not, when the route is loaded. */
  public void open() throws IOException {
    objects.check(bucket);
  }

  /** Deletes the object; {@code serai.deleted} says whether there was one. */
  public void delete(Exchange exchange) throws IOException {
    String only = SimpleExpression.value(exchange, generation).strip();
    if (!only.matches("[0-9]{0,18}")) {
      throw new ObjectRefusedException(
          "object-delete: generation is '%s'; it must be a number".formatted(only));
    }
    boolean deleted =
        objects.delete(
            bucket,
            SimpleExpression.value(exchange, name),
            only.isEmpty() ? 0 : Long.parseLong(only));
    exchange.setVariable("serai.deleted", deleted);
  }

  public void setBucket(String bucket) {
    this.bucket = bucket;
  }

  public void setName(String name) {
    this.name = name;
  }

  public void setGeneration(String generation) {
    this.generation = generation;
  }
}
