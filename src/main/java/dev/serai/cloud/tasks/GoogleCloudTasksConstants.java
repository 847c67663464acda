package dev.serai.cloud.tasks;

import org.apache.camel.spi.Metadata;

/** The headers of messages to and from {@code google-cloud-tasks}. */
public final class GoogleCloudTasksConstants {

  @Metadata(
      label = "producer",
      description = "What to do, in place of the option operation.",
      javaType = "String")
  public static final String OPERATION = "CamelGoogleCloudTasksOperation";

  @Metadata(
      label = "producer",
      description = "Name of the queue, in place of the one in the URI.",
      javaType = "String")
  public static final String QUEUE = "CamelGoogleCloudTasksQueue";

  @Metadata(
      label = "producer",
      description =
          "Name of the task, in place of the option name. After create it is the name that the task"
              + " has.",
      javaType = "String")
  public static final String TASK_NAME = "CamelGoogleCloudTasksTaskName";

  @Metadata(
      label = "producer",
      description = "Where to send the request, in place of the option url.",
      javaType = "String")
  public static final String URL = "CamelGoogleCloudTasksUrl";

  @Metadata(
      label = "producer",
      description = "Method of the request, in place of the option method.",
      javaType = "String")
  public static final String METHOD = "CamelGoogleCloudTasksMethod";

  @Metadata(
      label = "producer",
      description = "Headers of the request, beside those of the option header.",
      javaType = "java.util.Map")
  public static final String HEADERS = "CamelGoogleCloudTasksHeaders";

  @Metadata(
      label = "producer",
      description = "When the request is made, 30 days ahead at most; it comes before any delay.",
      javaType = "java.time.Instant")
  public static final String SCHEDULE_TIME = "CamelGoogleCloudTasksScheduleTime";

  @Metadata(
      label = "producer",
      description = "How long until the request is made, in place of the option delay.",
      javaType = "java.time.Duration")
  public static final String DELAY = "CamelGoogleCloudTasksDelay";

  @Metadata(
      label = "producer",
      description = "Which page list returns. After list it is the next one's, or there is none.",
      javaType = "String")
  public static final String PAGE_TOKEN = "CamelGoogleCloudTasksPageToken";

  @Metadata(
      label = "producer",
      description =
          "After create: created or exists. After delete: deleted, missing or running. After get:"
              + " found or missing.",
      javaType = "String")
  public static final String STATUS = "CamelGoogleCloudTasksStatus";

  @Metadata(
      label = "producer",
      description = "After create and get: projects/P/locations/L/queues/Q/tasks/T.",
      javaType = "String")
  public static final String FULL_NAME = "CamelGoogleCloudTasksFullName";

  private GoogleCloudTasksConstants() {}
}
