package dev.serai.webhook;

import java.util.Map;

/**
 * How a provider signs with an HMAC.
 *
 * @param header the header with the signature
 * @param algorithm the JDK's name of the HMAC, such as {@code HmacSHA256}
 * @param encoding {@code hex} or {@code base64}
 * @param prefix what stands before the signature in the header
 * @param content what is signed
 * @param timestampHeader the header with the time of signing, or an empty text
 */
record HmacForm(
    String header,
    String algorithm,
    String encoding,
    String prefix,
    SignedContent content,
    String timestampHeader) {

  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "sha1",
          "HmacSHA1",
          "sha256",
          "HmacSHA256",
          "sha384",
          "HmacSHA384",
          "sha512",
          "HmacSHA512");

  /**
   * @throws IllegalArgumentException naming the option whose value can't be
   */
  static HmacForm of(HmacOptions options) {
    SourceOptions.require(
        isName(options.signatureHeader),
        "signatureHeader",
        options.signatureHeader,
        "be the name of a header");
    SourceOptions.require(
        ALGORITHMS.containsKey(options.signatureHash),
        "signatureHash",
        options.signatureHash,
        "be sha1, sha256, sha384 or sha512");
    SourceOptions.require(
        options.signatureEncoding.matches("hex|base64"),
        "signatureEncoding",
        options.signatureEncoding,
        "be hex or base64");
    SourceOptions.require(
        options.timestampHeader.isEmpty() || isName(options.timestampHeader),
        "timestampHeader",
        options.timestampHeader,
        "be the name of a header");
    SignedContent content = SignedContent.parse(options.signedContent);
    SourceOptions.require(
        content.has(SignedContent.BODY), "signedContent", options.signedContent, "contain {body}");
    SourceOptions.require(
        content.has(SignedContent.TIMESTAMP) != options.timestampHeader.isEmpty(),
        "signedContent",
        options.signedContent,
        "contain {timestamp} if there is a timestampHeader, and only then");
    return new HmacForm(
        options.signatureHeader,
        ALGORITHMS.getOrDefault(options.signatureHash, ""),
        options.signatureEncoding,
        options.signaturePrefix,
        content,
        options.timestampHeader);
  }

  private static boolean isName(String header) {
    return header.matches("[A-Za-z0-9_-]+");
  }
}
