package dev.serai.webhook;

import java.util.Locale;

/** Why a request was refused at the door: a closed list, so that it can be counted and searched. */
public enum Cause {
  /** No route has this path. */
  NOT_FOUND(404),
  /** The sender's address is none of those that the source takes requests from. */
  ADDRESS(403),
  /** Not a POST. */
  METHOD(405),
  /** The media type is not one of the source's. */
  CONTENT_TYPE(415),
  /** The body is compressed, which no provider does. */
  CONTENT_ENCODING(415),
  /** The body is larger than the source allows. */
  TOO_LARGE(413),
  /** The body did not arrive whole. */
  INCOMPLETE(400),
  /** No secret is configured, or all have expired. */
  NO_SECRET(401),
  /** The signature header is missing. */
  SIGNATURE_MISSING(401),
  /** A header of the signature comes more than once. */
  SIGNATURE_REPEATED(401),
  /** The signature header can't be read. */
  SIGNATURE_MALFORMED(401),
  /** The signature is none of this body under any secret. */
  SIGNATURE_MISMATCH(401),
  /** Signed longer ago than tolerated. */
  TOO_OLD(401),
  /** Signed further in the future than tolerated. */
  TOO_NEW(401),
  /** Rightly signed, but not an event of this provider. */
  ENVELOPE(400),
  /** The data breaks the schema of its type, which the configuration makes a reason to refuse. */
  SCHEMA(400),
  /** An event of a type that the source doesn't take. */
  WRONG_TYPE(400),
  /** A test event at a source that takes live ones, or the other way round. */
  WRONG_MODE(400),
  /** More requests than the source lets in. */
  RATE(429),
  /** The bodies of all requests under way take more memory than is allowed. */
  OVERLOADED(503),
  /** The public keys of the sender can't be had. */
  KEYS(503),
  /** The event log can't be written. */
  STORAGE(503),
  /** The source's route is not running at the moment. */
  NOT_RUNNING(503),
  /** The source's route failed, or ended without an append. */
  ROUTE_FAILED(500);

  private final int status;

  Cause(int status) {
    this.status = status;
  }

  /** The HTTP status that says so. */
  public int status() {
    return status;
  }

  /** How it is written in answers, tables and metrics. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
