package dev.serai.cloud;

import java.time.Duration;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** The body of a post, with the time that all of the post may take. */
final class PostEntity extends ByteArrayEntity {

  private final Duration limit;

  PostEntity(byte[] body, ContentType type, Duration limit) {
    super(body, type);
    this.limit = limit;
  }

  Duration limit() {
    return limit;
  }
}
