package dev.serai.cloud.google;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who we are at Google. It is looked for when it is first needed, and again until it is found: a
 * hub without credentials starts.
 */
public final class GoogleAccount {

  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  private final GoogleSettings settings;
  private @Nullable GoogleCredentials found;

  GoogleAccount(GoogleSettings settings) {
    this.settings = settings;
  }

  /**
   * What to show at an endpoint: nothing, if it is one that speaks plain HTTP, unless credentials
   * are configured.
   *
   * @param endpoint as the settings have it; empty for Google's own
   * @throws GoogleException if there are none, saying where they were looked for
   */
  public Credentials credentials(String endpoint) {
    return endpoint.startsWith("http://") && settings.credentials().isEmpty()
        ? NoCredentials.getInstance()
        : credentials();
  }

  private synchronized GoogleCredentials credentials() {
    if (found == null) {
      found = load();
    }
    return found;
  }

  private GoogleCredentials load() {
    if (settings.credentials().isEmpty()) {
      try {
        return GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
      } catch (IOException e) {
        throw new GoogleException(
            "There are no credentials of Google Cloud: set serai.google.credentials"
                + " (SERAI_GOOGLE_CREDENTIALS) or GOOGLE_APPLICATION_CREDENTIALS to the file of a"
                + " service account's key, or run the hub where a service account is attached",
            e);
      }
    }
    Path file = Path.of(settings.credentials());
    try (InputStream in = new FileInputStream(file.toFile())) {
      return GoogleCredentials.fromStream(in).createScoped(SCOPE);
    } catch (IOException e) {
      // The text of a file that can't be read as credentials may be a secret.
      throw new GoogleException(
          "serai.google.credentials (SERAI_GOOGLE_CREDENTIALS): file %s %s"
              .formatted(
                  file.toAbsolutePath(),
                  e instanceof NoSuchFileException || !file.toFile().canRead()
                      ? "can't be read; it must be there, and the hub's user must be able to"
                      : "holds no credentials of Google Cloud; it must be the JSON of a service"
                          + " account's key"),
          null);
    }
  }

  /**
   * Id of the project.
   *
   * @throws GoogleException if it is neither configured nor known from the surroundings
   */
  public String project() {
    if (!settings.project().isEmpty()) {
      return settings.project();
    }
    String known = null;
    if (!settings.credentials().isEmpty()
        && credentials() instanceof ServiceAccountCredentials service) {
      known = service.getProjectId();
    }
    if (known == null) {
      known = ServiceOptions.getDefaultProjectId();
    }
    if (known == null) {
      throw new GoogleException(
          "The project of Google Cloud is not known: set serai.google.project"
              + " (SERAI_GOOGLE_PROJECT) to its id",
          null);
    }
    return known;
  }

  /** The e-mail of the service account as far as it is known, for errors. */
  public String described() {
    synchronized (this) {
      return found instanceof ServiceAccountCredentials service
          ? "service account " + service.getClientEmail()
          : "hub's account";
    }
  }
}
