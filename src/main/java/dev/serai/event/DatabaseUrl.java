package dev.serai.event;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A database URL in the driver's form; hosted databases hand out the other one. */
record DatabaseUrl(String jdbc, @Nullable String user, @Nullable String password) {

  static DatabaseUrl of(DatabaseSettings settings) {
    String url = settings.url().strip();
    if (url.startsWith("jdbc:postgresql:")) {
      return new DatabaseUrl(url, settings.user(), settings.password());
    }
    if (!url.matches("postgres(ql)?://.+")) {
      throw new IllegalArgumentException(
          "serai.database.url (SERAI_DATABASE_URL) must begin with postgresql:// or"
              + " jdbc:postgresql://; it begins with '%s'"
                  .formatted(url.substring(0, Math.min(url.length(), url.indexOf(':') + 3))));
    }
    URI uri = URI.create(url);
    String userInfo = uri.getRawUserInfo();
    String[] parts = userInfo == null ? new String[0] : userInfo.split(":", 2);
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    return new DatabaseUrl(
        "jdbc:postgresql://%s:%s%s%s".formatted(uri.getHost(), port, uri.getRawPath(), query),
        parts.length > 0 ? decode(parts[0]) : settings.user(),
        parts.length > 1 ? decode(parts[1]) : settings.password());
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
