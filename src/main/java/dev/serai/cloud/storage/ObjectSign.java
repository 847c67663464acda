package dev.serai.cloud.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.cloud.SimpleExpression;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/** The bean of one use of the Kamelet {@code object-sign}; Camel sets its parameters. */
public final class ObjectSign {

  private static final Duration LONGEST = Duration.ofDays(7);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectStore objects;
  private final ObjectSigner signer;
  private String bucket = "";
  private String name = "";
  private String method = "GET";
  private String expires = "15m";
  private String contentType = "";
  private String maxSize = "100MB";
  private boolean overwrite = true;

  ObjectSign(ObjectStore objects, ObjectSigner signer) {
    this.objects = objects;
    this.signer = signer;
  }

  /** Refuses what can't be when the route is loaded. */
  public void open() throws IOException {
    objects.check(bucket);
    require(method.equals("GET") || method.equals("PUT"), "method", method, "be GET or PUT");
    duration();
    bytes();
  }

  private static void require(boolean condition, String parameter, String value, String what) {
    if (!condition) {
      throw new IllegalArgumentException(
          "object-sign: %s is '%s'; it must %s".formatted(parameter, value, what));
    }
  }

  private Duration duration() {
    Duration duration;
    try {
      duration = DurationStyle.SIMPLE.parse(expires);
    } catch (IllegalArgumentException e) {
      duration = Duration.ZERO;
    }
    require(
        duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(LONGEST) <= 0,
        "expires",
        expires,
        "be a time such as 15m, from 1s to 7d");
    return duration;
  }

  private long bytes() {
    long bytes;
    try {
      bytes = DataSize.parse(maxSize).toBytes();
    } catch (IllegalArgumentException e) {
      bytes = 0;
    }
    require(bytes > 0, "maxSize", maxSize, "be a size such as 100MB");
    return bytes;
  }

  /** Makes the address the body: it is a secret for as long as it is good. */
  public void sign(Exchange exchange) throws IOException {
    boolean put = method.equals("PUT");
    String object = SimpleExpression.value(exchange, name);
    ObjectName.check(object);
    String type = put ? ObjectFields.header(exchange, "contentType", contentType) : null;
    if (type == null && put && !contentType.isEmpty()) {
      throw new ObjectRefusedException("object-sign: contentType has no value here");
    }
    Instant until = signer.now().plus(duration());
    Permit permit =
        new Permit(
            method,
            bucket,
            object,
            until.getEpochSecond(),
            Objects.requireNonNullElse(type, ""),
            put ? bytes() : 0,
            !put || overwrite);
    SignedAddress signed = signer.sign(permit);
    exchange.getMessage().setBody(signed.address());
    exchange.setVariable("serai.result", JSON.writeValueAsString(result(permit, signed.headers())));
  }

  private static Map<String, Object> result(Permit permit, Map<String, String> headers) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("bucket", permit.bucket());
    result.put("name", permit.name());
    result.put("method", permit.method());
    result.put("expires", Instant.ofEpochSecond(permit.expires()).toString());
    result.put("headers", headers);
    return result;
  }

  public void setBucket(String bucket) {
    this.bucket = bucket;
  }

  public void setName(String name) {
    this.name = name;
  }

  public void setMethod(String method) {
    this.method = method;
  }

  public void setExpires(String expires) {
    this.expires = expires;
  }

  public void setContentType(String contentType) {
    this.contentType = contentType;
  }

  public void setMaxSize(String maxSize) {
    this.maxSize = maxSize;
  }

  public void setOverwrite(boolean overwrite) {
    this.overwrite = overwrite;
  }
}
