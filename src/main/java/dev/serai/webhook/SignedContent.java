package dev.serai.webhook;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;

/**
 * What a provider of the scheme {@code hmac} signs: pieces of text, the body, the time of signing
 * and headers, in an order of its own.
 */
record SignedContent(List<String> pieces) {

  static final String BODY = "{body}";
  static final String TIMESTAMP = "{timestamp}";

  private static final String HEADER = "{header:";
  private static final Pattern PIECE =
      Pattern.compile("\\{body}|\\{timestamp}|\\{header:[A-Za-z0-9_-]+}|[^{}]+");

  /**
   * @throws IllegalArgumentException at a brace that is none of a placeholder
   */
  static SignedContent parse(String text) {
    List<String> pieces = new ArrayList<>();
    Matcher piece = PIECE.matcher(text);
    while (piece.regionStart() < text.length()) {
      if (!piece.lookingAt()) {
        throw new IllegalArgumentException(
            "inbound: option 'signedContent' is '%s'; braces must be {body}, {timestamp} or"
                    .formatted(text)
                + " {header:<name>}");
      }
      pieces.add(piece.group());
      piece.region(piece.end(), text.length());
    }
    return new SignedContent(List.copyOf(pieces));
  }

  boolean has(String placeholder) {
    return pieces.contains(placeholder);
  }

  /** The names of the headers that are signed. */
  List<String> headers() {
    return pieces.stream()
        .filter(piece -> piece.startsWith(HEADER))
        .map(piece -> piece.substring(HEADER.length(), piece.length() - 1))
        .toList();
  }

  /**
   * The signature of a request.
   *
   * @param timestamp the text of the time of signing, as it was sent
   * @throws RefusedException when a header that is signed is missing or there twice
   */
  byte[] sign(Mac mac, SignedRequest request, String timestamp) throws RefusedException {
    for (String piece : pieces) {
      mac.update(
          piece.equals(BODY)
              ? request.body()
              : piece.equals(TIMESTAMP)
                  ? timestamp.getBytes(StandardCharsets.UTF_8)
                  : piece.startsWith(HEADER)
                      ? SignatureHeader.of(
                              request, piece.substring(HEADER.length(), piece.length() - 1))
                          .getBytes(StandardCharsets.UTF_8)
                      : piece.getBytes(StandardCharsets.UTF_8));
    }
    return mac.doFinal();
  }
}
