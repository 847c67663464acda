package dev.serai.cloud.storage;

import dev.serai.cloud.SimpleExpression;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.camel.Exchange;

/** The bean of one use of the Kamelet {@code object-put}; Camel sets its parameters. */
public final class ObjectPut {

  private static final String ANY_TYPE = "application/octet-stream";

  private final ObjectStore objects;
  private String bucket = "";
  private String name = "";
  private String contentType = "";
  private String contentEncoding = "";
  private String cacheControl = "";
  private String metadata = "";
  private String crc32c = "";
  private boolean overwrite = true;

  ObjectPut(ObjectStore objects) {
    this.objects = objects;
  }

  /** Refuses a bucket that there is not, when the route is loaded. */
  public void open() throws IOException {
    objects.check(bucket);
  }

  /** Stores the body; a stream has then been read, and is the body no more. */
  public void put(Exchange exchange) throws IOException {
    Object body = exchange.getMessage().getBody();
    Upload upload;
    StoredObject object;
    try (InputStream in = ObjectBody.open(exchange)) {
      String type = ObjectFields.header(exchange, "contentType", contentType);
      upload =
          new Upload(
              SimpleExpression.value(exchange, name),
              in,
              Long.MAX_VALUE,
              ObjectFields.header(exchange, "crc32c", crc32c),
              overwrite,
              Objects.requireNonNullElse(type, ANY_TYPE),
              ObjectFields.header(exchange, "contentEncoding", contentEncoding),
              ObjectFields.header(exchange, "cacheControl", cacheControl),
              ObjectFields.metadata(exchange, metadata));
      object = objects.put(bucket, upload);
    }
    if (body instanceof InputStream) {
      exchange.getMessage().setBody(null);
    }
    exchange.setVariable("serai.result", object.json());
  }

  public void setBucket(String bucket) {
    this.bucket = bucket;
  }

  public void setName(String name) {
    this.name = name;
  }

  public void setContentType(String contentType) {
    this.contentType = contentType;
  }

  public void setContentEncoding(String contentEncoding) {
    this.contentEncoding = contentEncoding;
  }

  public void setCacheControl(String cacheControl) {
    this.cacheControl = cacheControl;
  }

  public void setMetadata(String metadata) {
    this.metadata = metadata;
  }

  public void setCrc32c(String crc32c) {
    this.crc32c = crc32c;
  }

  public void setOverwrite(boolean overwrite) {
    this.overwrite = overwrite;
  }
}
