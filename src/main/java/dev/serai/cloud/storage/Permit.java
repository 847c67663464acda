package dev.serai.cloud.storage;

/**
 * What a signed address lets its holder do.
 *
 * @param method GET or PUT
 * @param bucket as routes call it
 * @param name the object's
 * @param expires until when, in seconds since the epoch
 * @param contentType of a PUT: the media type that it must have; empty for application/octet-stream
 * @param maxBytes of a PUT: the most bytes that it may have
 * @param overwrite of a PUT: whether an object that is there may be replaced
 */
public record Permit(
    String method,
    String bucket,
    String name,
    long expires,
    String contentType,
    long maxBytes,
    boolean overwrite) {

  boolean isPut() {
    return method.equals("PUT");
  }

  /** What is signed. None of it has a line break in it, so no two permits have the same. */
  String text() {
    return String.join(
        "\n",
        "serai-object-1",
        method,
        bucket,
        name,
        Long.toString(expires),
        contentType,
        Long.toString(maxBytes),
        Boolean.toString(overwrite));
  }
}
