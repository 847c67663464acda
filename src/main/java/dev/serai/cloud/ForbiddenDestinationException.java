package dev.serai.cloud;

/** A sink's URL, or an address that its host has, is one that sinks may not reach. */
public final class ForbiddenDestinationException extends RuntimeException {

  ForbiddenDestinationException(String message) {
    super(message);
  }
}
