package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What the test's handlers did, one row an effect, in tables that refuse no double: {@code once}
 * within the transactions of its deliveries, {@code plain} without.
 */
final class Ledger {

  private final JdbcClient jdbc;

  private Ledger(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  static Ledger of(HubProcess hub) throws IOException {
    return new Ledger(JdbcClient.create(source(hub, "serai")));
  }

  /** For hubs on a PostgreSQL that these settings name. */
  static Ledger on(Map<String, String> settings) {
    return new Ledger(
        JdbcClient.create(
            new DriverManagerDataSource(
                settings.get("serai.database.url"),
                settings.get("serai.database.user"),
                settings.get("serai.database.password"))));
  }

  /** The embedded PostgreSQL of a hub, as its files name it. */
  static DriverManagerDataSource source(HubProcess hub, String database) throws IOException {
    var folder = hub.data().resolve("postgres");
    return new DriverManagerDataSource(
        "jdbc:postgresql://127.0.0.1:%s/%s"
            .formatted(Files.readString(folder.resolve("port")).strip(), database),
        "serai",
        Files.readString(folder.resolve("password")).strip());
  }

  void create() {
    jdbc.sql(
            """
            create schema if not exists ledger;
            create table if not exists ledger.once (event_id text not null);
            create table if not exists ledger.plain (event_id text not null);
            create table if not exists ledger.begun (event_id text not null);
            create table if not exists ledger.waited (event_id text not null);
            create table if not exists ledger.ordered (
              at bigint generated always as identity, key text not null, n integer not null);
            create table if not exists ledger.ordered_once (
              at bigint generated always as identity, key text not null, n integer not null);
            """)
        .update();
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  /** What a query about these events counts. */
  long number(String sql, Collection<String> events) {
    return jdbc.sql(sql).param(1, events.toArray(String[]::new)).query(Long.class).single();
  }

  /** How many of these events have no effect in a table. */
  long missing(String table, Collection<String> events) {
    return jdbc.sql(
            "select count(*) from unnest(?) e where e not in (select event_id from ledger.%s)"
                .formatted(table))
        .param(1, events.toArray(String[]::new))
        .query(Long.class)
        .single();
  }

  /** How many effects are there more often than their event. */
  long repeats(String table) {
    return jdbc.sql("select count(*) - count(distinct event_id) from ledger.%s".formatted(table))
        .query(Long.class)
        .single();
  }

  /** Returns when all effects of these events are there, and nothing waits any more. */
  void awaitHandled(Duration patience, Collection<String> events) {
    await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> {
              assertThat(missing("once", events)).as("without effect in once").isZero();
              assertThat(missing("plain", events)).as("without effect in plain").isZero();
              assertThat(states(events)).containsExactly("done");
            });
  }

  /** The states of all deliveries of these events. */
  private List<String> states(Collection<String> events) {
    return jdbc.sql("select distinct state from serai.delivery where event_id::text = any(?)")
        .param(1, events.toArray(String[]::new))
        .query(String.class)
        .list();
  }

  /** How many of these keys of Stripe's are in the log. */
  long stored(Collection<String> keys) {
    return jdbc.sql("select count(*) from serai.event_key where key = any(?)")
        .param(1, keys.toArray(String[]::new))
        .query(Long.class)
        .single();
  }
}
