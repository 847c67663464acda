package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What became of rows.
 *
 * @param table which table they were for
 * @param inserted how many are in it now that were not before
 * @param duplicates how many were known by their ids
 * @param errors those that are not in it, and why
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Insertion(String table, int inserted, int duplicates, List<RowError> errors) {}
