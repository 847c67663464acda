package dev.serai.cloud;

import java.util.Locale;

/** PhonePe's API can't be asked, because the hub has no client id or secret of it. */
public final class MissingClientException extends RuntimeException {

  MissingClientException(String property) {
    super(
        "serai.phonepe.%s (SERAI_PHONEPE_%s) is not set; without it PhonePe can't be asked whether this is true"
            .formatted(property, property.toUpperCase(Locale.ROOT).replace('-', '_')));
  }
}
