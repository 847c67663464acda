package dev.serai.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.event.EventIds;
import dev.serai.event.Times;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who changed what: a row is written before a call, and completed with its end. */
@Component
class AuditLog {

  private static final String BEGIN =
      """
      insert into serai.audit (id, at, key, role, remote, method, path, parameters, request_id)
      values (:id, :at, :key, :role, :remote, :method, :path, :parameters::jsonb, :request)
      """;
  private static final String END =
      """
      update serai.audit set status = :status, detail = :detail,
        parameters = parameters || :parameters::jsonb
      where id = :id
      """;

  private final JdbcClient jdbc;
  private final EventIds ids;
  private final Clock clock;
  private final ObjectMapper json;

  AuditLog(
      @Qualifier("engineDataSource") DataSource engine,
      EventIds ids,
      Clock clock,
      ObjectMapper json) {
    this.jdbc = JdbcClient.create(engine);
    this.ids = ids;
    this.clock = clock;
    this.json = json;
  }

  UUID begin(Call call) {
    UUID id = ids.next();
    jdbc.sql(BEGIN)
        .param("id", id)
        .param("at", Times.utc(clock.instant()))
        .param("key", call.key.name())
        .param("role", call.key.role().word())
        .param("remote", call.remote)
        .param("method", call.method)
        .param("path", call.path)
        .param("parameters", text(call.parameters))
        .param("request", call.requestId)
        .update();
    return id;
  }

  void end(UUID id, int status, @Nullable String detail, Map<String, String> parameters) {
    jdbc.sql(END)
        .param("id", id)
        .param("status", status)
        .param("detail", detail)
        .param("parameters", text(parameters))
        .update();
  }

  private String text(Map<String, String> parameters) {
    try {
      return json.writeValueAsString(parameters);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A call that begins. */
  record Call(
      ApiKey key,
      String remote,
      String method,
      String path,
      Map<String, String> parameters,
      @Nullable String requestId) {}
}
