/** The local warehouse: a file of DuckDB, its tables, what is put into it and read from it. */
@NullMarked
package dev.serai.cloud.warehouse;

import org.jspecify.annotations.NullMarked;
