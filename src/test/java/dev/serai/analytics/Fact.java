package dev.serai.analytics;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What somebody did, as tests know it. */
sealed interface Fact {

  String workspace();

  /** The day (UTC) that it belongs to. */
  LocalDate day();

  /** A run of an agent. */
  record Execution(
      String workspace,
      String agent,
      String status,
      Instant at,
      @Nullable Long ms,
      @Nullable Long tokensIn,
      @Nullable Long tokensOut,
      @Nullable BigDecimal cost,
      @Nullable String currency,
      @Nullable String error)
      implements Fact {

    @Override
    public LocalDate day() {
      return at.atZone(ZoneOffset.UTC).toLocalDate();
    }

    long tokens() {
      return read() + written();
    }

    long read() {
      return tokensIn == null ? 0 : tokensIn;
    }

    long written() {
      return tokensOut == null ? 0 : tokensOut;
    }
  }

  /** A piece of content. */
  record Content(String workspace, Instant at, @Nullable Long words, @Nullable Long tokens)
      implements Fact {

    @Override
    public LocalDate day() {
      return at.atZone(ZoneOffset.UTC).toLocalDate();
    }
  }

  /** What the API was told on a day; the agent is empty for none. */
  record Recorded(
      String workspace, LocalDate day, String agent, long records, long tokens, BigDecimal cost)
      implements Fact {}
}
