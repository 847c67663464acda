package dev.serai.cloud;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mail.MailConstants;
import org.apache.camel.support.DefaultMessage;

/**
 * The bean of one use of the Kamelet {@code email-send}: makes the message before camel-mail's
 * step, and says of a failure whether another try may end otherwise.
 */
public final class EmailSend {

  private static final String CALL = "SeraiEmailSend";
  private static final int LONGEST_SUBJECT = 200;

  private final MailSettings settings;
  private String address = "";
  private String subject = "";
  private String text = "";
  private String html = "";
  private String id = "";

  EmailSend(MailSettings settings) {
    this.settings = settings;
  }

  /**
   * Puts the message to send in place of the caller's.
   *
   * @throws MailRefusedException when the address is none
   */
  public void prepare(Exchange exchange) throws MailRefusedException {
    InternetAddress recipient = single(SimpleExpression.value(exchange, address));
    String messageId = messageId(SimpleExpression.value(exchange, id), recipient);
    Message message = new DefaultMessage(exchange.getContext());
    message.setHeader("To", recipient.toString());
    message.setHeader("From", settings.from());
    message.setHeader("Subject", oneLine(SimpleExpression.value(exchange, subject)));
    message.setHeader("Message-ID", messageId);
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader(MailConstants.MAIL_ALTERNATIVE_BODY, SimpleExpression.value(exchange, text));
    message.setHeader(Exchange.CONTENT_TYPE, "text/html; charset=UTF-8");
    message.setBody(SimpleExpression.value(exchange, html));
    exchange.setProperty(CALL, exchange.getMessage());
    exchange.setMessage(message);
    exchange.setVariable("serai.messageId", messageId);
  }

  /** One address, no list, no group; a line break in it would be a header of somebody else's. */
  private static InternetAddress single(String value) throws MailRefusedException {
    try {
      InternetAddress address = new InternetAddress(value, true);
      address.validate();
      if (address.isGroup() || value.chars().anyMatch(Character::isISOControl)) {
        throw new AddressException("It is no single address");
      }
      return address;
    } catch (AddressException e) {
      throw new MailRefusedException("The address '%s' is none".formatted(oneLine(value)), e);
    }
  }

  /** The same for every repetition, so that a reader can tell one. */
  private String messageId(String event, InternetAddress address) {
    String from = settings.from().strip();
    String domain = from.substring(from.lastIndexOf('@') + 1).replaceAll("[^A-Za-z0-9.-]", "");
    return "<%s.%s@%s>"
        .formatted(
            event.replaceAll("[^A-Za-z0-9-]", "-"),
            HexFormat.of().toHexDigits(address.getAddress().toLowerCase(Locale.ROOT).hashCode()),
            domain);
  }

  private static String oneLine(String value) {
    String line = value.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    return line.codePointCount(0, line.length()) <= LONGEST_SUBJECT
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT));
  }

  /**
   * Says what a failure means.
   *
   * @throws MessagingException the same, if another try may end otherwise
   * @throws MailRefusedException if none will
   */
  public void fail(Exchange exchange) throws MessagingException, MailRefusedException {
    Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (caught instanceof MailRefusedException refused) {
      throw refused;
    }
    MessagingException failure =
        caught instanceof MessagingException ours
            ? ours
            : new MessagingException("It failed", null);
    if (MailRefusedException.isLasting(failure)) {
      throw new MailRefusedException(
          "The mail server refuses it: " + oneLine(String.valueOf(failure.getMessage())), failure);
    }
    throw failure;
  }

  /** Gives the caller its message back, whatever happened. */
  public void restore(Exchange exchange) {
    if (exchange.removeProperty(CALL) instanceof Message caller) {
      exchange.setMessage(caller);
    }
  }

  public void setAddress(String address) {
    this.address = address;
  }

  public void setSubject(String subject) {
    this.subject = subject;
  }

  public void setText(String text) {
    this.text = text;
  }

  public void setHtml(String html) {
    this.html = html;
  }

  public void setId(String id) {
    this.id = id;
  }
}
