package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Jobs that ask for something. */
final class FakeJobs {

  private final FakeDuck duck;
  private final FakeTables tables;
  private final Map<String, FakeJob> jobs = new ConcurrentHashMap<>();

  /** How many bytes each reads. */
  volatile long bytes;

  /** Ids of those that were cancelled. */
  final List<String> cancelled = new CopyOnWriteArrayList<>();

  /** What was asked for, with its parameters. */
  final List<JsonNode> asked = new CopyOnWriteArrayList<>();

  FakeJobs(FakeDuck duck, FakeTables tables) {
    this.duck = duck;
    this.tables = tables;
  }

  JsonNode answer(String method, String[] path, JsonNode body, Map<String, String> query)
      throws BigQueryFake.Refusal {
    boolean posted = "POST".equals(method);
    if ("queries".equals(path[2]) && posted) {
      return query(path[1], body);
    }
    if ("queries".equals(path[2])) {
      return results(job(path[3], query.getOrDefault("location", "")), query);
    }
    if (path.length == 3 && posted) {
      return insert(path[1], body);
    }
    if (path.length == 5 && "cancel".equals(path[4])) {
      job(path[3], query.getOrDefault("location", "")).cancel();
      cancelled.add(path[3]);
      return BigQueryFake.JSON.createObjectNode();
    }
    throw new BigQueryFake.Refusal(404, "notFound", "No such method");
  }

  int count() {
    return jobs.size();
  }

  void forget() {
    jobs.clear();
  }

  private FakeJob job(String id, String location) throws BigQueryFake.Refusal {
    FakeJob job = jobs.get(id);
    if (job == null || !location.equals(BigQueryFake.LOCATION)) {
      throw new BigQueryFake.Refusal(404, "notFound", "Not found: Job acme:" + id);
    }
    return job;
  }

  private JsonNode insert(String project, JsonNode body) throws BigQueryFake.Refusal {
    JsonNode configuration = body.path("configuration");
    JsonNode query = configuration.path("query");
    ObjectNode answer = body.deepCopy();
    FakeSql sql = FakeSql.of(query);
    String kind = sql.kind(duck, project, tables);
    answer.putObject("statistics").putObject("query").put("statementType", kind);
    if (configuration.path("dryRun").asBoolean()) {
      return answer;
    }
    asked.add(query);
    String id = body.at("/jobReference/jobId").asText();
    FakeJob job = new FakeJob(duck, sql, tooLarge(query));
    if (jobs.putIfAbsent(id, job) != null) {
      throw new BigQueryFake.Refusal(409, "duplicate", "Already Exists: Job " + id);
    }
    job.start();
    answer.putObject("status").put("state", "RUNNING");
    return answer;
  }

  private JsonNode query(String project, JsonNode body) throws BigQueryFake.Refusal {
    FakeSql sql = FakeSql.of(body);
    sql.kind(duck, project, tables);
    asked.add(body);
    String id = "job_" + body.path("requestId").asText(UUID.randomUUID().toString());
    FakeJob job = new FakeJob(duck, sql, tooLarge(body));
    FakeJob before = jobs.putIfAbsent(id, job);
    if (before == null) {
      job.start();
    }
    ObjectNode answer =
        results(
            before == null ? job : before,
            Map.of("timeoutMs", body.path("timeoutMs").asText("10000")));
    answer
        .putObject("jobReference")
        .put("projectId", project)
        .put("jobId", id)
        .put("location", BigQueryFake.LOCATION);
    return answer;
  }

  private Optional<String> tooLarge(JsonNode query) {
    long most = query.path("maximumBytesBilled").asLong(Long.MAX_VALUE);
    return bytes > most
        ? Optional.of(
            "Query exceeded limit for bytes billed: %s. %s or higher required."
                .formatted(most, bytes))
        : Optional.empty();
  }

  private static ObjectNode results(FakeJob job, Map<String, String> query)
      throws BigQueryFake.Refusal {
    ObjectNode answer = BigQueryFake.JSON.createObjectNode();
    if (!job.ends(Long.parseLong(query.getOrDefault("timeoutMs", "10000")))) {
      return answer.put("jobComplete", false);
    }
    FakeJob.Result result = job.result();
    int start = Integer.parseInt(query.getOrDefault("startIndex", "0"));
    int most = Integer.parseInt(query.getOrDefault("maxResults", "100000"));
    int end = Math.min(start + most, result.rows().size());
    ArrayNode rows = answer.putArray("rows");
    for (int i = start; i < end; i++) {
      rows.add(result.rows().get(i));
    }
    answer.putObject("schema").set("fields", result.fields());
    answer.put("jobComplete", true).put("totalRows", Integer.toString(result.rows().size()));
    if (end < result.rows().size()) {
      answer.put("pageToken", "at-" + end);
    }
    return answer;
  }
}
