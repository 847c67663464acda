package dev.serai.cli;

import dev.serai.webhook.Cause;
import java.util.Arrays;

/** What to do about a refusal. */
final class VerifyAdvice {

  private VerifyAdvice() {}

  /** Empty for a cause that this version does not know. */
  static String of(String code) {
    return Arrays.stream(Cause.values())
        .filter(cause -> cause.code().equals(code))
        .findFirst()
        .map(VerifyAdvice::of)
        .orElse("");
  }

  private static String of(Cause cause) {
    return switch (cause) {
      case NO_SECRET ->
          "Set the secrets of the source: SERAI_<SOURCE>_SECRETS, several divided by |, and look at"
              + " their expiry.";
      case SIGNATURE_MISSING ->
          "The provider did not sign, or something on the way took the header away: look at proxies"
              + " and at the provider's settings.";
      case SIGNATURE_REPEATED ->
          "The header comes more than once: something on the way adds it again.";
      case SIGNATURE_MALFORMED ->
          "The header is not of the form that the provider sends: was it cut or changed on the way?"
              + " Is the scheme of the source the provider's?";
      case SIGNATURE_MISMATCH ->
          "Either the secret is another one (of another endpoint, or of test instead of live mode),"
              + " or the body is not what was signed, byte for byte: a proxy or a framework may"
              + " have parsed and written it anew.";
      case TOO_OLD ->
          "It was signed long ago: a replayed request, or this machine's clock is ahead. To judge"
              + " it as of then, give --now with the time of signing.";
      case TOO_NEW ->
          "It was signed in the future: this machine's clock is behind, see 'serai health'.";
      case KEYS ->
          "The hub could not ask for the public keys: can it reach the address of"
              + " serai.webhooks.google-oidc.keys?";
      case ENVELOPE ->
          "The signature is right, the body is no event of this provider: is the source's scheme"
              + " right, and does the provider send other things to this address?";
      case WRONG_MODE ->
          "A test event came to a source that takes live ones, or the other way round: look at the"
              + " option 'livemode' of the route.";
      default -> "See docs/webhooks.md for this cause.";
    };
  }
}
