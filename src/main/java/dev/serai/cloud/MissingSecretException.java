package dev.serai.cloud;

/** A sink that signs has no secret, or all have expired. */
public final class MissingSecretException extends RuntimeException {

  MissingSecretException(String sink) {
    super(
        "Sink '%s' has no valid secret to sign with; set %s to whsec_ and the base64 of 24 to 64 random bytes"
            .formatted(sink, Sinks.described(sink, "secrets")));
  }
}
