package dev.serai.webhook;

import java.util.List;
import java.util.Optional;

/**
 * The one line of a header that proves something: twice, it would mean two things to two readers.
 */
final class SignatureHeader {

  /** Tomcat takes 8 KiB for all headers together; so does this for one. */
  static final int MAX_LENGTH = 8_192;

  private SignatureHeader() {}

  /**
   * The header's value.
   *
   * @throws RefusedException when it is missing, repeated or longer than any signature
   */
  static String of(SignedRequest request, String name) throws RefusedException {
    return find(request, name)
        .orElseThrow(
            () ->
                new RefusedException(
                    Cause.SIGNATURE_MISSING, "There is no %s header".formatted(name)));
  }

  /** The same for a header that may be missing. */
  static Optional<String> find(SignedRequest request, String name) throws RefusedException {
    List<String> lines = request.header(name);
    if (lines.size() > 1) {
      throw new RefusedException(
          Cause.SIGNATURE_REPEATED, "There are %s %s headers".formatted(lines.size(), name));
    }
    if (!lines.isEmpty() && lines.getFirst().length() > MAX_LENGTH) {
      throw malformed("The %s header has more than %s characters".formatted(name, MAX_LENGTH));
    }
    return lines.stream().findFirst();
  }

  /** The refusal of a header that can't be read; the explanation repeats nothing of it. */
  static RefusedException malformed(String explanation) {
    return new RefusedException(Cause.SIGNATURE_MALFORMED, explanation);
  }

  /** The refusal of a signature that is well-formed and not the right one. */
  static RefusedException mismatch(SignedRequest request, int secrets) {
    return new RefusedException(
        Cause.SIGNATURE_MISMATCH,
        "The signature is none of these %s bytes under any of %s secrets"
            .formatted(request.body().length, secrets));
  }
}
