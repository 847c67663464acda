package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures of a mail server will no other try mend, and which settings make no sense? */
@Execution(ExecutionMode.CONCURRENT)
class MailRefusalTest {

  @ParameterizedTest
  @CsvSource({"550, true", "552, true", "451, false", "421, false"})
  void aPermanentAnswerLasts(int code, boolean lasting) throws Exception {
    var address =
        new SMTPAddressFailedException(new InternetAddress("a@b.example"), "RCPT", code, "no");
    var send = new SMTPSendFailedException("DATA", code, "no", address, null, null, null);

    assertThat(MailRefusedException.isLasting(address)).isEqualTo(lasting);
    assertThat(MailRefusedException.isLasting(send)).isEqualTo(lasting);
    assertThat(MailRefusedException.isLasting(new MessagingException("Sending failed", address)))
        .isEqualTo(lasting);
  }

  @Test
  void aWrongPasswordIsForAnOperatorToMend() {
    assertThat(MailRefusedException.isLasting(new AuthenticationFailedException("535 no")))
        .isFalse();
  }

  @Test
  void aServerNeedsASender() {
    assertThatThrownBy(() -> settings("smtp.example.com", "", List.of()))
        .hasMessageStartingWith("serai.mail.from (SERAI_MAIL_FROM) is ''");
    assertThatThrownBy(() -> settings("", "", List.of("ops")))
        .hasMessageStartingWith("serai.mail.to (SERAI_MAIL_TO) is 'ops'");
    assertThat(settings("", "", List.of()).isConfigured()).isFalse();
  }

  @Test
  void thePasswordIsNotTold() {
    assertThat(settings("smtp.example.com", "Serai <hub@example.com>", List.of()).toString())
        .doesNotContain("hunter2");
  }

  private static MailSettings settings(String host, String from, List<String> to) {
    return new MailSettings(
        host,
        587,
        "hub",
        "hunter2",
        from,
        to,
        MailSettings.Encryption.STARTTLS,
        Duration.ofSeconds(10));
  }
}
