/**
 * Cloud Tasks: the component {@code google-cloud-tasks}, which makes tasks in queues of Google's.
 */
@NullMarked
package dev.serai.cloud.tasks;

import org.jspecify.annotations.NullMarked;
