package dev.serai.cloud;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/** An e-mail that no other try will bring there: the address is none, or the server says 5xx. */
public final class MailRefusedException extends Exception {

  private static final int PERMANENT = 500;

  MailRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the server will say the same again; failures come in chains, each with the next. */
  static boolean isLasting(MessagingException failure) {
    for (@Nullable Exception one = failure; one != null; one = next(one)) {
      if (one instanceof AddressException || code(one) >= PERMANENT) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Exception next(Exception failure) {
    return failure instanceof MessagingException chained ? chained.getNextException() : null;
  }

  private static int code(Exception failure) {
    return switch (failure) {
      case SMTPAddressFailedException address -> address.getReturnCode();
      case SMTPSenderFailedException sender -> sender.getReturnCode();
      case SMTPSendFailedException send -> send.getReturnCode();
      default -> 0;
    };
  }
}
