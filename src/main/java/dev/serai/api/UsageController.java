package dev.serai.api;

import dev.serai.event.StorageException;
import dev.serai.usage.Usage;
import dev.serai.usage.UsageRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Counts what workspaces use. */
@RestController
@RequestMapping("/api/v1/usage")
class UsageController {

  private static final int MAX_RECORDS = 1_000;

  private final Usage usage;

  UsageController(Usage usage) {
    this.usage = usage;
  }

  /**
   * Counts something that was used. It is stored when the answer comes; without an answer send it
   * again with the same key, and it is counted once.
   */
  @PostMapping
  UsageAnswer count(@RequestBody Used used) throws InterruptedException {
    return answer(List.of(Problem.checked(() -> used.record(usage))));
  }

  /** Counts 1 to 1000 records, all or none: those whose keys are known are left out. */
  @PostMapping("/batch")
  UsageAnswer countAll(@RequestBody UsageBatch batch) throws InterruptedException {
    List<Used> given = batch.records;
    if (given == null || given.isEmpty() || given.size() > MAX_RECORDS) {
      throw Problem.badRequest("'records' must be a list of 1 to %s".formatted(MAX_RECORDS));
    }
    List<UsageRecord> records = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      @Nullable Used used = given.get(i);
      if (used == null) {
        throw Problem.badRequest("records[%s] is missing".formatted(i));
      }
      try {
        records.add(used.record(usage));
      } catch (IllegalArgumentException e) {
        throw Problem.badRequest("records[%s]: %s".formatted(i, e.getMessage()));
      }
    }
    return answer(records);
  }

  private UsageAnswer answer(List<UsageRecord> records) throws InterruptedException {
    try {
      List<Boolean> counted = usage.count(records);
      int fresh = (int) counted.stream().filter(one -> one).count();
      return new UsageAnswer(fresh, counted.size() - fresh);
    } catch (StorageException e) {
      if (e.isOfData()) {
        throw Problem.conflict(
            "With 'tokens' or 'cost' the total would be too great to be counted");
      }
      throw e;
    }
  }

  /**
   * Something that was used.
   *
   * @param workspace who used it, 1 to 200 bytes
   * @param tokens how many, 0 to 10^12; 0, if missing
   * @param cost how much: a number, or a text of one, with at most nine decimals, in whatever
   *     currency; 0, if missing
   * @param agent what used it, at most 200 bytes
   * @param key a second record of the workspace with this key is not counted, 1 to 512 bytes; if
   *     missing each is counted. It is known for serai.usage.keys
   * @param time when it was used; now, if missing
   */
  record Used(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String workspace,
      @Nullable Long tokens,
      @Nullable BigDecimal cost,
      @Nullable String agent,
      @Nullable String key,
      @Nullable Instant time) {

    private UsageRecord record(Usage usage) {
      if (workspace == null) {
        throw new IllegalArgumentException("'workspace' is missing");
      }
      return new UsageRecord(
          workspace,
          key,
          Objects.requireNonNullElse(agent, ""),
          usage.day(time),
          Objects.requireNonNullElse(tokens, 0L),
          Objects.requireNonNullElse(cost, BigDecimal.ZERO));
    }
  }

  /**
   * Several records.
   *
   * @param records 1 to 1000
   */
  record UsageBatch(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable List<Used> records) {}

  /**
   * What became of records.
   *
   * @param counted how many were counted
   * @param duplicates how many were known by their keys, and are not counted again
   */
  record UsageAnswer(int counted, int duplicates) {}
}
