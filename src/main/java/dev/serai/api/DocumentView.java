package dev.serai.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a job has written for people and programs.
 *
 * @param kind what it is, such as {@code invoice} or {@code weekly-report}
 * @param workspace whose it is; {@code *} for all of them
 * @param period what it is about: {@code 2026-11}, {@code 2026-W47}
 * @param madeAt when it was written last
 * @param run the run that wrote it
 * @param data the same for programs; missing in listings
 */
record DocumentView(
    String kind,
    String workspace,
    String period,
    Instant madeAt,
    @Nullable UUID run,
    @Nullable JsonNode data) {

  /**
   * One page of documents.
   *
   * @param documents the latest period first
   * @param next the cursor of the page after it; missing on the last one
   */
  record Page(List<DocumentView> documents, @Nullable String next) {}
}
