package dev.serai.cloud.tasks;

/** What the producer can do with a queue. */
public enum GoogleCloudTasksOperation {
  CREATE,
  DELETE,
  GET,
  LIST
}
