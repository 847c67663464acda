package dev.serai.event;

/** The body of a sensitive event can't be read or stored; what it says quotes nothing of it. */
public final class SensitiveBodyException extends RuntimeException {

  private final Reason reason;

  SensitiveBodyException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why, in a word. */
  public Reason reason() {
    return reason;
  }

  /** Why a body can't be had. */
  public enum Reason {
    /** It was erased after its deliveries. */
    ERASED("body-erased", true),
    /** It was encrypted with a key that this hub does not have; another try may find it. */
    KEY_MISSING("body-key-missing", false),
    /** What is stored is not what was encrypted for this event. */
    DAMAGED("body-damaged", true),
    /** There is no key to encrypt it with. */
    NO_KEY("no-encryption-key", false);

    private final String word;
    private final boolean lasting;

    Reason(String word, boolean lasting) {
      this.word = word;
      this.lasting = lasting;
    }

    /** The cause of a dead letter. */
    public String word() {
      return word;
    }

    /** Whether no other try will end otherwise. */
    public boolean isLasting() {
      return lasting;
    }
  }
}
