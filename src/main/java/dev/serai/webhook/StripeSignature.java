package dev.serai.webhook;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A parsed {@code Stripe-Signature} header.
 *
 * @param seconds the time of signing, in seconds since the epoch
 * @param signatures those of scheme v1 that have the right form; other schemes are ignored
 */
record StripeSignature(long seconds, List<byte[]> signatures) {

  private static final int HEX_DIGITS = 64;

  static StripeSignature parse(String header) throws MalformedException {
    long seconds = -1;
    List<byte[]> signatures = new ArrayList<>();
    for (String item : header.split(",", -1)) {
      int equals = item.indexOf('=');
      if (equals < 0) {
        throw new MalformedException("An item of the header has no '='");
      }
      String key = item.substring(0, equals);
      String value = item.substring(equals + 1);
      if (key.equals("t")) {
        if (seconds >= 0) {
          throw new MalformedException("The header has two times 't'");
        }
        seconds = time(value);
      } else if (key.equals("v1") && isLowerHex(value)) {
        signatures.add(HexFormat.of().parseHex(value));
      }
    }
    if (seconds < 0) {
      throw new MalformedException("The header has no time 't'");
    }
    if (signatures.isEmpty()) {
      throw new MalformedException("The header has no signature 'v1' of 64 lower-case hex digits");
    }
    return new StripeSignature(seconds, signatures);
  }

  private static long time(String value) throws MalformedException {
    return SigningTime.parse(value)
        .orElseThrow(() -> new MalformedException("The time 't' is not a number of seconds"))
        .seconds();
  }

  private static boolean isLowerHex(String value) {
    if (value.length() != HEX_DIGITS) {
      return false;
    }
    for (int i = 0; i < HEX_DIGITS; i++) {
      char c = value.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** The header can't be read; the message says why and repeats nothing of it. */
  static final class MalformedException extends Exception {
    private final String problem;

    MalformedException(String problem) {
      super(problem, null, false, false);
      this.problem = problem;
    }

    String problem() {
      return problem;
    }
  }
}
