package dev.serai.webhook;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** How a provider of the scheme {@code hmac} signs. */
@UriParams
public abstract sealed class HmacOptions extends LimitOptions permits OidcOptions {

  @UriParam(
      label = "hmac",
      description = "Header with the signature, such as X-Hub-Signature-256. For scheme hmac.")
  String signatureHeader = "";

  @UriParam(
      label = "hmac",
      defaultValue = "sha256",
      enums = "sha1,sha256,sha384,sha512",
      description = "Hash of the HMAC. For scheme hmac.")
  String signatureHash = "sha256";

  @UriParam(
      label = "hmac",
      defaultValue = "hex",
      enums = "hex,base64",
      description = "How the signature is written. For scheme hmac.")
  String signatureEncoding = "hex";

  @UriParam(
      label = "hmac",
      description = "What stands before the signature, such as sha256= or v0=. For scheme hmac.")
  String signaturePrefix = "";

  @UriParam(
      label = "hmac",
      defaultValue = "{body}",
      description =
          "What is signed: text with {body}, {timestamp} and {header:<name>} in it, such as"
              + " v0:{timestamp}:{body}. The body must be in it. For scheme hmac.")
  String signedContent = "{body}";

  @UriParam(
      label = "hmac",
      description =
          "Header with the time of signing in seconds since the epoch, which must be within the"
              + " tolerance and in the signed content. For scheme hmac.")
  String timestampHeader = "";

  /**
   * Options by their names, for a request that belongs to no source.
   *
   * @throws IllegalArgumentException naming the one that there isn't
   */
  static HmacOptions of(Map<String, String> values) {
    SourceOptions options = new SourceOptions();
    Map<String, Consumer<String>> setters =
        new TreeMap<>(
            Map.of(
                "signatureHeader", options::setSignatureHeader,
                "signatureHash", options::setSignatureHash,
                "signatureEncoding", options::setSignatureEncoding,
                "signaturePrefix", options::setSignaturePrefix,
                "signedContent", options::setSignedContent,
                "timestampHeader", options::setTimestampHeader));
    values.forEach(
        (name, value) -> {
          Consumer<String> setter = setters.get(name);
          if (setter == null) {
            throw new IllegalArgumentException(
                "Scheme hmac has no option '%s'; there are %s".formatted(name, setters.keySet()));
          }
          setter.accept(value);
        });
    return options;
  }

  public void setSignatureHeader(String signatureHeader) {
    this.signatureHeader = signatureHeader;
  }

  public void setSignatureHash(String signatureHash) {
    this.signatureHash = signatureHash;
  }

  public void setSignatureEncoding(String signatureEncoding) {
    this.signatureEncoding = signatureEncoding;
  }

  public void setSignaturePrefix(String signaturePrefix) {
    this.signaturePrefix = signaturePrefix;
  }

  public void setSignedContent(String signedContent) {
    this.signedContent = signedContent;
  }

  public void setTimestampHeader(String timestampHeader) {
    this.timestampHeader = timestampHeader;
  }
}
