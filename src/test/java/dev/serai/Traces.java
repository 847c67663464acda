package dev.serai;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Where a text has got to: every table of ours, and the log while this is open. */
public final class Traces implements AutoCloseable {

  private final TestHub hub;
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level level = root.getLevel();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(
              event.getFormattedMessage()
                  + "\n"
                  + ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
      };

  /** Listens to the log, as it is in production, until it is closed. */
  public Traces(TestHub hub) {
    this.hub = hub;
    appender.setContext(root.getLoggerContext());
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.INFO);
  }

  /** The lines of the log with this text, their stack traces included. */
  public List<String> lines(String text) {
    return lines.stream().filter(line -> line.contains(text)).toList();
  }

  /** The tables with a row that has this text in any column, as text or as bytes. */
  public List<String> tables(String text) {
    String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    return hub
        .database()
        .sql(
            """
            select format('%I.%I', n.nspname, c.relname) from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('serai', 'payments', 'supabase') and c.relkind = 'r'
            """)
        .query(String.class)
        .list()
        .stream()
        .filter(
            table ->
                hub.database()
                    .sql(
                        // The text of a row has its bytes in hexadecimal.
                        "select exists (select from %s t where t::text like :text or t::text like :hex)"
                            .formatted(table))
                    .param("text", "%" + text + "%")
                    .param("hex", "%" + hex + "%")
                    .query(Boolean.class)
                    .single())
        .toList();
  }

  @Override
  public void close() {
    root.setLevel(level);
    root.detachAppender(appender);
  }
}
