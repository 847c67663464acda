/** Beans behind the Kamelets of topics: messages, their names and limits, which are Pub/Sub's. */
@NullMarked
package dev.serai.cloud.topic;

import org.jspecify.annotations.NullMarked;
