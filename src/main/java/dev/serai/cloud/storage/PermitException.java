package dev.serai.cloud.storage;

/** An address was not signed by this hub, or not for this, or not for this long. */
public final class PermitException extends Exception {

  private final String word;

  PermitException(String word, String message) {
    super(message);
    this.word = word;
  }

  /** Why in one word: signature_missing, signature_mismatch, expired. */
  public String word() {
    return word;
  }
}
