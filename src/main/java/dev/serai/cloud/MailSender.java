package dev.serai.cloud;

import java.util.Properties;
import org.apache.camel.component.mail.DefaultJavaMailSender;

/** Camel's sender of e-mails with the settings of the hub; the Kamelet email-send names it. */
final class MailSender extends DefaultJavaMailSender {

  MailSender(MailSettings settings) {
    setHost(settings.host());
    setPort(settings.port());
    String protocol = settings.tls() == MailSettings.Encryption.TLS ? "smtps" : "smtp";
    setProtocol(protocol);
    if (!settings.username().isBlank()) {
      setUsername(settings.username());
      setPassword(settings.password());
    }
    setJavaMailProperties(properties("mail." + protocol + ".", settings));
  }

  private static Properties properties(String prefix, MailSettings settings) {
    String millis = Long.toString(settings.timeout().toMillis());
    boolean starttls = settings.tls() == MailSettings.Encryption.STARTTLS;
    Properties properties = new Properties();
    properties.setProperty(prefix + "auth", Boolean.toString(!settings.username().isBlank()));
    properties.setProperty(prefix + "connectiontimeout", millis);
    properties.setProperty(prefix + "timeout", millis);
    properties.setProperty(prefix + "writetimeout", millis);
    properties.setProperty(prefix + "starttls.enable", Boolean.toString(starttls));
    properties.setProperty(prefix + "starttls.required", Boolean.toString(starttls));
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    return properties;
  }
}
