package dev.serai.cloud.tasks;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** As whom Cloud Tasks makes a request. */
@UriParams
public abstract sealed class GoogleCloudTasksTokens permits GoogleCloudTasksOptions {

  @UriParam(
      label = "security",
      description =
          "E-mail of the service account whose identity token (OIDC) the request carries."
              + " serai.tasks.service-account, if empty.")
  String oidcServiceAccount = "";

  @UriParam(
      label = "security",
      description =
          "Whom the identity token is for. serai.tasks.audience, if empty, and the URL without"
              + " that.")
  String oidcAudience = "";

  @UriParam(
      label = "security",
      description =
          "E-mail of the service account whose access token (OAuth) the request carries, in place"
              + " of an identity token: for Google's own APIs at *.googleapis.com.")
  String oauthServiceAccount = "";

  @UriParam(
      label = "security",
      defaultValue = "https://www.googleapis.com/auth/cloud-platform",
      description = "What the access token is good for.")
  String oauthScope = "https://www.googleapis.com/auth/cloud-platform";

  public void setOidcServiceAccount(String oidcServiceAccount) {
    this.oidcServiceAccount = oidcServiceAccount;
  }

  public void setOidcAudience(String oidcAudience) {
    this.oidcAudience = oidcAudience;
  }

  public void setOauthServiceAccount(String oauthServiceAccount) {
    this.oauthServiceAccount = oauthServiceAccount;
  }

  public void setOauthScope(String oauthScope) {
    this.oauthScope = oauthScope;
  }
}
