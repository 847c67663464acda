package dev.serai.cloud;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The SMTP server that notifications are sent by; see notifications.md.
 *
 * @param host where it is; without it no e-mail is sent
 * @param port its port: 587 with starttls, 465 with tls, 25 with none, if it is the usual one
 * @param username who the hub is there; if not set, it doesn't sign in
 * @param password the password that belongs to it
 * @param from the sender: {@code Serai <hub@example.com>}
 * @param to addresses, separated by commas, that are told of what the table notify.recipient has
 *     nobody for
 * @param tls how the connection is encrypted: starttls (required, not hoped for), tls from the
 *     beginning, or none
 * @param timeout how long connecting, and each answer of the server, may take
 */
@Validated
@ConfigurationProperties("serai.mail")
record MailSettings(
    @DefaultValue("") @NotNull String host,
    @DefaultValue("587") @Min(1) @Max(65535) int port,
    @DefaultValue("") @NotNull String username,
    @DefaultValue("") @NotNull String password,
    @DefaultValue("") @NotNull String from,
    @DefaultValue @NotNull List<String> to,
    @DefaultValue("starttls") @NotNull Encryption tls,
    @DefaultValue("10s") @NotNull Duration timeout) {

  /** How a connection is encrypted. */
  enum Encryption {
    STARTTLS,
    TLS,
    NONE
  }

  MailSettings {
    if (!host.isBlank()) {
      require("from", from);
    }
    to.forEach(address -> require("to", address));
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(
          "serai.mail.timeout is %s; it must be 1m at most".formatted(timeout));
    }
  }

  private static void require(String name, String address) {
    try {
      new InternetAddress(address, true).validate();
    } catch (AddressException e) {
      throw new IllegalArgumentException(
          "serai.mail.%s (SERAI_MAIL_%s) is '%s'; it must be an address such as hub@example.com"
              .formatted(name, name.toUpperCase(Locale.ROOT), address),
          e);
    }
  }

  boolean isConfigured() {
    return !host.isBlank();
  }

  /** The record's own would tell the password. */
  @Override
  public String toString() {
    return "MailSettings[" + host + "]";
  }
}
