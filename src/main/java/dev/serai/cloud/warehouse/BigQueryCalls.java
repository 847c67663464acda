package dev.serai.cloud.warehouse;

import com.google.api.client.googleapis.services.AbstractGoogleClientRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.DatasetReference;
import com.google.auth.Credentials;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.cloud.NoCredentials;
import dev.serai.cloud.google.Denied;
import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleException;
import dev.serai.cloud.google.GoogleSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Calls BigQuery, and calls again what may be repeated. The client connects with the first call: a
 * hub starts without BigQuery.
 */
final class BigQueryCalls {

  private static final String GOOGLE = "https://bigquery.googleapis.com/";
  private static final String PROPERTY = "serai.warehouse.dataset";
  private static final Pattern PERMISSION = Pattern.compile("bigquery\\.\\w+\\.\\w+");

  private final GoogleAccount account;
  private final GoogleSettings settings;
  private final String dataset;
  private volatile @Nullable Bigquery client;
  private volatile @Nullable String location;

  BigQueryCalls(GoogleAccount account, GoogleSettings settings, String dataset) {
    this.account = account;
    this.settings = settings;
    this.dataset = dataset;
  }

  /** What is asked of the client. */
  interface Request<T> {
    AbstractGoogleClientRequest<T> of(Bigquery client, String project) throws IOException;
  }

  /** How long a call may take with all its repetitions. */
  Patience patience() {
    return new Patience(settings.timeout());
  }

  /**
   * Calls once.
   *
   * @throws WarehouseException if we don't know who or where we are
   */
  <T> T once(Request<T> request) throws IOException, WarehouseException {
    try {
      return request.of(client(), account.project()).execute();
    } catch (GoogleException e) {
      throw new WarehouseException(
          "%s can't be used (%s): %s".formatted(described(), PROPERTY, e.getMessage()), e);
    }
  }

  /** Calls until there is an answer that another call would not change. */
  <T> T repeat(Request<T> request) throws IOException, WarehouseException, InterruptedException {
    Patience patience = patience();
    while (true) {
      try {
        return once(request);
      } catch (IOException e) {
        if (!BigQueryFault.of(e).mayPass() || !patience.holds()) {
          throw e;
        }
      }
    }
  }

  private Bigquery client() {
    Bigquery known = client;
    if (known == null) {
      String endpoint = settings.bigqueryEndpoint();
      Credentials credentials = account.credentials(endpoint);
      HttpRequestInitializer shown =
          credentials instanceof NoCredentials
              ? request -> {}
              : new HttpCredentialsAdapter(credentials);
      int timeout = Math.toIntExact(settings.timeout().toMillis());
      known =
          new Bigquery.Builder(
                  new NetHttpTransport(),
                  GsonFactory.getDefaultInstance(),
                  request -> {
                    shown.initialize(request);
                    request.setConnectTimeout(timeout);
                    request.setReadTimeout(timeout);
                  })
              .setRootUrl(endpoint.isEmpty() ? GOOGLE : endpoint.replaceAll("/$", "") + "/")
              .setApplicationName("serai")
              .build();
      client = known;
    }
    return known;
  }

  String dataset() {
    return dataset;
  }

  DatasetReference reference() {
    return new DatasetReference().setProjectId(account.project()).setDatasetId(dataset);
  }

  /** Where the dataset is; jobs must be said to be there. */
  String location() throws WarehouseException, InterruptedException {
    String known = location;
    if (known == null) {
      try {
        known = repeat((client, project) -> client.datasets().get(project, dataset)).getLocation();
      } catch (IOException e) {
        throw failure(e, described(), "bigquery.datasets.get");
      }
      location = known;
    }
    return known;
  }

  /** Forgets what is kept of it, and asks it. */
  void look() throws WarehouseException, InterruptedException {
    location = null;
    location();
  }

  String described() {
    return "Dataset '%s'".formatted(dataset);
  }

  String described(String table) {
    return "Table '%s' of dataset '%s'".formatted(table, dataset);
  }

  Duration timeout() {
    return settings.timeout();
  }

  /**
   * What to tell an operator.
   *
   * @param what the resource
   * @param permission what is needed there, if Google does not say it
   */
  WarehouseException failure(IOException e, String what, String permission) {
    BigQueryFault fault = BigQueryFault.of(e);
    Matcher named = PERMISSION.matcher(fault.said());
    boolean project = fault.said().startsWith("Not found: Project");
    boolean whole = fault.said().startsWith("Not found: Dataset");
    return new WarehouseException(
        Denied.text(
            fault.kind(),
            project ? "Project '%s'".formatted(account.project()) : whole ? described() : what,
            named.find() ? named.group() : permission,
            project ? "serai.google.project" : PROPERTY,
            account.described(),
            fault.said()),
        e);
  }
}
