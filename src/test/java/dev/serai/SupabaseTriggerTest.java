package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Is what our trigger signs in a Supabase project taken by the hub? The project is a database of a
 * real PostgreSQL; of Supabase it has what the trigger touches: Vault's view, pgcrypto in its
 * schema, and pg_net's function, which keeps the request instead of sending it.
 */
class SupabaseTriggerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TestHub HUB = TestHub.shared();

  private static final String PROJECT =
      """
      create schema extensions;
      create extension pgcrypto schema extensions;
      create schema vault;
      create table vault.decrypted_secrets (name text, decrypted_secret text);
      create schema net;
      create table net.sent (id bigint generated always as identity, body text, headers jsonb);
      create function net.http_post(
        url text, body jsonb, headers jsonb, timeout_milliseconds int) returns bigint
      language sql as $$ insert into net.sent (body, headers) values (body::text, headers) returning id $$;
      create table public.orders (id int primary key, amount numeric, f float8, note text);
      """;

  private static JdbcTemplate project;

  @BeforeAll
  static void setUp() throws Exception {
    HUB.database().sql("drop database if exists project").update();
    HUB.database().sql("create database project").update();
    String url = HUB.setting("serai.database.url").replaceFirst("/[^/?]*($|\\?)", "/project$1");
    project =
        new JdbcTemplate(
            new DriverManagerDataSource(
                url, HUB.setting("serai.database.user"), HUB.setting("serai.database.password")));
    project.execute(PROJECT);
    for (String role : List.of("anon", "authenticated")) {
      project.execute("create role " + role);
    }
    project.update(
        "insert into vault.decrypted_secrets values ('hub_webhook_secret', ?)",
        Files.readString(HUB.data().resolve("secrets/supabase")));
    project.execute(Files.readString(Path.of("docs", "supabase-trigger.sql")));
    project.execute(
        """
        create trigger orders_to_hub after insert or update or delete on public.orders
        for each row execute function hub.notify('https://hub.example.com/webhooks/supabase')
        """);
  }

  @AfterAll
  static void tearDown() {
    HUB.database().sql("drop database project with (force)").update();
    HUB.database().sql("drop role anon").update();
    HUB.database().sql("drop role authenticated").update();
  }

  @Test
  void eachChangeIsTakenWithTheDigitsOfTheRow() throws Exception {
    project.update("insert into public.orders values (7, 2499.00, 1e300, 'é \"<&>')");
    project.update("update public.orders set f = 'NaN' where id = 7");
    project.update("delete from public.orders where id = 7");

    List<String> types =
        project.query(
            "select body, headers from net.sent order by id",
            (row, number) -> type(row.getString("body"), row.getString("headers")));

    assertThat(types)
        .containsExactly(
            "supabase.public.orders.inserted",
            "supabase.public.orders.updated",
            "supabase.public.orders.deleted");
  }

  /** Sends a kept request to the hub; the type of the event that it became. */
  private static String type(String body, String headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(HUB.url() + "/webhooks/supabase"))
              .POST(HttpRequest.BodyPublishers.ofString(body));
      JsonNode names = JSON.readTree(headers);
      names
          .properties()
          .forEach(header -> request.header(header.getKey(), header.getValue().asText()));
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      String id = JSON.readTree(response.body()).path("id").asText();
      Api api = Api.of(HUB);
      assertThat(api.get("/api/v1/events/%s/body".formatted(id)).text()).isEqualTo(body);
      JsonNode event = api.get("/api/v1/events/" + id).json();
      assertThat(event.path("key").asText()).isEqualTo(JSON.readTree(body).path("id").asText());
      assertThat(event.path("subject").asText()).isEqualTo("7");
      return event.path("type").asText();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
