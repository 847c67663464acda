package dev.serai.cloud.tasks;

import com.google.cloud.tasks.v2.CloudTasksClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.jspecify.annotations.Nullable;

/** Which queue, and what becomes of a message there. */
@UriParams
public final class GoogleCloudTasksOptions extends GoogleCloudTasksTokens {

  @UriPath(description = "Name of the queue: letters, digits and -, 100 at most.")
  @Metadata(required = true)
  String queue = "";

  @UriParam(
      label = "producer",
      javaType = "java.lang.String",
      defaultValue = "create",
      enums = "create,delete,get,list",
      description =
          "What to do: make a task of the message, delete the task of a name, get it as JSON, or"
              + " list a page of the queue as JSON.")
  GoogleCloudTasksOperation operation = GoogleCloudTasksOperation.CREATE;

  @UriParam(
      label = "producer",
      description = "Id of the project of the queue. That of the hub, if empty.")
  String project = "";

  @UriParam(
      label = "producer",
      description = "Region of the queue. serai.tasks.location, if empty.")
  String location = "";

  @UriParam(
      label = "producer",
      description = "Where the task sends its request, http or https. For create.")
  String url = "";

  @UriParam(
      label = "producer",
      defaultValue = "POST",
      enums = "POST,GET,HEAD,PUT,DELETE,PATCH,OPTIONS",
      description =
          "Method of the request. Only POST, PUT and PATCH have the message's body. For create.")
  String method = "POST";

  @UriParam(
      label = "producer",
      prefix = "header.",
      multiValue = true,
      javaType = "java.lang.String",
      description = "Headers of the request: header.X-Order=42. For create.")
  Map<String, Object> headers = new LinkedHashMap<>();

  @UriParam(
      label = "producer",
      description =
          "Name of the task. Of tasks with the same one only the first is made. What breaks Cloud"
              + " Tasks' rules for names (400 letters, digits, - and _ here) is made to fit, with a"
              + " hash that keeps it unique. Cloud Tasks gives one, if empty.")
  String name = "";

  @UriParam(
      label = "producer",
      javaType = "java.time.Duration",
      description = "How long until the request is made, 30d at most. At once, if empty.")
  @Nullable Duration delay;

  @UriParam(
      label = "producer",
      javaType = "java.time.Duration",
      description =
          "How long the receiver may take, 15s to 30m. What Cloud Tasks says, 10m, if empty.")
  @Nullable Duration dispatchDeadline;

  @UriParam(
      label = "producer",
      defaultValue = "ignore",
      enums = "ignore,fail",
      description = "Whether a name that is taken fails the step, or is only told.")
  String onExists = "ignore";

  @UriParam(
      label = "producer",
      defaultValue = "false",
      description =
          "Whether delete leaves a task alone that is being sent at the moment. Cloud Tasks deletes"
              + " it, though its request goes on.")
  boolean unlessRunning;

  @UriParam(
      label = "producer",
      defaultValue = "100",
      description = "Tasks of a page, 1 to 1000. For list.")
  int pageSize = 100;

  @UriParam(
      label = "advanced",
      description =
          "Where Cloud Tasks is, such as an emulator's http://localhost:8123."
              + " serai.google.tasks-endpoint, if empty.")
  String endpoint = "";

  @Metadata(autowired = true)
  @UriParam(
      label = "advanced",
      description = "A client of one's own, #name. One of the hub's account, if there is none.")
  @Nullable CloudTasksClient client;

  /**
   * @throws IllegalArgumentException naming the option whose value can't be
   */
  void check() {
    require(queue.matches("[A-Za-z0-9-]{1,100}"), "queue", queue, "be 1 to 100 letters, digits, -");
    require(onExists.matches("ignore|fail"), "onExists", onExists, "be ignore or fail");
    require(pageSize >= 1 && pageSize <= 1000, "pageSize", pageSize, "be 1 to 1000");
    require(
        dispatchDeadline == null
            || dispatchDeadline.toSeconds() >= 15 && dispatchDeadline.toMinutes() <= 30,
        "dispatchDeadline",
        dispatchDeadline,
        "be 15s to 30m");
    require(
        oauthServiceAccount.isEmpty() || oidcServiceAccount.isEmpty(),
        "oauthServiceAccount",
        oauthServiceAccount,
        "be empty where oidcServiceAccount is set: a request carries one token");
  }

  static void require(boolean condition, String option, @Nullable Object value, String what) {
    if (!condition) {
      throw new IllegalArgumentException(
          "google-cloud-tasks: option '%s' is '%s'; it must %s".formatted(option, value, what));
    }
  }

  public void setOperation(GoogleCloudTasksOperation operation) {
    this.operation = operation;
  }

  public void setProject(String project) {
    this.project = project;
  }

  public void setLocation(String location) {
    this.location = location;
  }

  public void setUrl(String url) {
    this.url = url;
  }

  public void setMethod(String method) {
    this.method = method;
  }

  public void setName(String name) {
    this.name = name;
  }

  public void setDelay(Duration delay) {
    this.delay = delay;
  }

  public void setDispatchDeadline(Duration dispatchDeadline) {
    this.dispatchDeadline = dispatchDeadline;
  }

  public void setOnExists(String onExists) {
    this.onExists = onExists;
  }

  public void setUnlessRunning(boolean unlessRunning) {
    this.unlessRunning = unlessRunning;
  }

  public void setPageSize(int pageSize) {
    this.pageSize = pageSize;
  }

  public void setEndpoint(String endpoint) {
    this.endpoint = endpoint;
  }

  public void setClient(CloudTasksClient client) {
    this.client = client;
  }
}
