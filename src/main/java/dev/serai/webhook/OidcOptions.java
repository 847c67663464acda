package dev.serai.webhook;

import java.util.List;
import java.util.Map;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Whose identity tokens a source of the scheme {@code google-oidc} takes. */
@UriParams
public abstract sealed class OidcOptions extends HmacOptions permits DecisionOptions {

  @UriParam(
      label = "oidc",
      description =
          "Whom identity tokens must be for, separated by commas: what the push subscription or the"
              + " queue says, mostly the URL of this source. For scheme google-oidc.")
  String audience = "";

  List<String> audiences() {
    return SourceOptions.split(audience);
  }

  /**
   * Options by their names, for a request that belongs to no source.
   *
   * @throws IllegalArgumentException naming the one that there isn't
   */
  static OidcOptions oidc(Map<String, String> values) {
    SourceOptions options = new SourceOptions();
    values.forEach(
        (name, value) -> {
          if (!name.equals("audience")) {
            throw new IllegalArgumentException(
                "Scheme google-oidc has no option '%s'; there is audience".formatted(name));
          }
          options.setAudience(value);
        });
    return options;
  }

  public void setAudience(String audience) {
    this.audience = audience;
  }
}
