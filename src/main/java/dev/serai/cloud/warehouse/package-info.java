/** The warehouse, a file of DuckDB or a dataset of BigQuery: its tables, rows and questions. */
@NullMarked
package dev.serai.cloud.warehouse;

import org.jspecify.annotations.NullMarked;
