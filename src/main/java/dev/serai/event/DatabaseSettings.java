package dev.serai.event;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The PostgreSQL that holds the record.
 *
 * @param url where it is: {@code postgresql://user:password@host:5432/database}, or the same as a
 *     JDBC URL. When nothing is set the hub starts a PostgreSQL of its own under the data
 *     directory. Behind a transaction pooler (Supabase's port 6543) add {@code
 *     ?prepareThreshold=0}.
 * @param user user name, if the URL has none
 * @param password password, if the URL has none
 * @param engineConnections connections of the engine, which handlers never use
 * @param handlerConnections connections for the routes' SQL, and most transactions at a time
 * @param readConnections connections for what the API is asked
 * @param append how appends are grouped
 */
@Validated
@ConfigurationProperties("serai.database")
record DatabaseSettings(
    @NotBlank String url,
    @Nullable String user,
    @Nullable String password,
    @DefaultValue("10") @Min(4) @Max(200) int engineConnections,
    @DefaultValue("20") @Min(1) @Max(500) int handlerConnections,
    @DefaultValue("4") @Min(1) @Max(50) int readConnections,
    @DefaultValue Append append) {

  /** How long a caller waits for a connection before the database counts as down. */
  static final Duration PATIENCE = Duration.ofMillis(500);

  /** How long a statement of the engine may take before its connection counts as lost. */
  static final Duration STATEMENT_LIMIT = Duration.ofSeconds(10);

  /**
   * How appends are grouped.
   *
   * @param writers groups written at a time: while one waits for the disk, the next is prepared
   * @param groupEvents most events of a group
   * @param groupBytes bytes of bodies at which a group is full
   */
  record Append(
      @DefaultValue("1") @Min(1) @Max(8) int writers,
      @DefaultValue("128") @Min(1) @Max(1000) int groupEvents,
      @DefaultValue("4MB") DataSize groupBytes) {

    /** The limits of a writer of such groups, which are weighed by their bodies. */
    GroupWriter.Limits limits(String name, Duration patience) {
      return new GroupWriter.Limits(
          name, writers, groupEvents, (int) groupBytes.toBytes(), patience, Duration.ZERO);
    }
  }
}
