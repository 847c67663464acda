package dev.serai.cloud.warehouse;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterUtils;
import org.springframework.jdbc.core.namedparam.ParsedSql;

/**
 * A query with its parameters, and which page of the answer is wanted.
 *
 * @param sql a single SELECT, with parameters such as {@code :workspace}
 * @param parameters their values; a list stands for as many as it has, as in {@code in (:ids)}
 * @param maxRows how many rows a page has at most, 1 to 10000
 * @param page where it begins, {@code next} of the page before; empty for the first
 * @param timeout how long it may take
 */
public record Question(
    String sql,
    Map<String, @Nullable Object> parameters,
    int maxRows,
    String page,
    Duration timeout) {

  private static final int MOST_ROWS = 10_000;
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Refuses what is out of range. */
  public Question {
    if (maxRows < 1 || maxRows > MOST_ROWS) {
      throw new IllegalArgumentException(
          "maxRows is %s; it must be 1 to %s".formatted(maxRows, MOST_ROWS));
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "timeout is %s; it must be 10m at most".formatted(timeout));
    }
  }

  /** The statement and its values by place, not by name. */
  Bound bound() throws QueryRefusedException {
    String alone = sql.strip().replaceAll("[;\\s]+$", "");
    if (alone.isEmpty()) {
      throw new QueryRefusedException("There is no query");
    }
    try {
      ParsedSql parsed = NamedParameterUtils.parseSqlStatement(alone);
      Map<String, @Nullable Object> values = new HashMap<>();
      for (Map.Entry<String, @Nullable Object> parameter : parameters.entrySet()) {
        values.put(parameter.getKey(), value(parameter.getKey(), parameter.getValue()));
      }
      MapSqlParameterSource source = new MapSqlParameterSource(values);
      Object[] places = NamedParameterUtils.buildValueArray(parsed, source, null);
      String positional = NamedParameterUtils.substituteNamedParameters(parsed, source);
      return new Bound(positional, flat(places));
    } catch (InvalidDataAccessApiUsageException e) {
      throw new QueryRefusedException("The query's parameters don't fit: " + e.getMessage(), e);
    }
  }

  private static Object[] flat(Object[] places) {
    return java.util.Arrays.stream(places)
        .flatMap(
            place ->
                place instanceof Collection<?> many
                    ? many.stream()
                    : java.util.stream.Stream.of(place))
        .toArray();
  }

  private static @Nullable Object value(String name, @Nullable Object value)
      throws QueryRefusedException {
    if (value instanceof Collection<?> many) {
      java.util.List<Object> values = new java.util.ArrayList<>();
      for (Object one : many) {
        values.add(value(name, one));
      }
      return values;
    }
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean bool -> bool;
      case BigInteger number -> new BigDecimal(number);
      case Number number -> number;
      case Instant time -> LocalDateTime.ofInstant(time, ZoneOffset.UTC);
      case OffsetDateTime time -> LocalDateTime.ofInstant(time.toInstant(), ZoneOffset.UTC);
      case LocalDateTime time -> time;
      case java.time.LocalDate date -> date;
      default ->
          throw new QueryRefusedException(
              "The parameter '%s' is a %s; it must be text, a number, true, false, a time, or a list of these"
                  .formatted(name, value.getClass().getSimpleName()));
    };
  }

  /**
   * How many rows are before the page.
   *
   * @throws QueryRefusedException if it is a page of another query
   */
  long offset() throws QueryRefusedException {
    if (page.isEmpty()) {
      return 0;
    }
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(page), StandardCharsets.US_ASCII).split(" ", 2);
      long offset = Long.parseLong(parts[0]);
      if (offset >= 0 && parts[1].equals(fingerprint())) {
        return offset;
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      // Said below.
    }
    throw new QueryRefusedException("The page '%s' is none of this query".formatted(page));
  }

  /** What the page that begins there is asked for with. */
  String pageAt(long offset) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((offset + " " + fingerprint()).getBytes(StandardCharsets.US_ASCII));
  }

  /** The id of a job of BigQuery's that answers it. */
  String newJob() {
    return "serai_query_%s_%s"
        .formatted(fingerprint(), UUID.randomUUID().toString().replace("-", ""));
  }

  /** What tells it from others, but not its page. */
  String fingerprint() {
    CRC32C sum = new CRC32C();
    sum.update((sql + new TreeMap<>(parameters)).getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue());
  }

  /** A statement with a question mark for each value. */
  record Bound(String sql, @Nullable Object[] values) {}
}
