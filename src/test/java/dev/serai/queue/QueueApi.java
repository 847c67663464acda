package dev.serai.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A queue of a test's own, over the API of a hub. */
final class QueueApi {

  private final String name;
  private final Api api;

  private QueueApi(String name, Api api) {
    this.name = name;
    this.api = api;
  }

  static QueueApi of(TestHub hub) {
    return new QueueApi("test-" + UUID.randomUUID(), Api.of(hub));
  }

  /** The same queue over another hub. */
  QueueApi on(TestHub other) {
    return new QueueApi(name, Api.of(other));
  }

  String name() {
    return name;
  }

  String subscription() {
    return "queue-" + name;
  }

  /** Puts a job with this data and more members; returns its id. */
  String put(String data, String more) throws Exception {
    Api.Answer answer = post("/jobs", "{\"data\": %s%s}".formatted(data, more));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("id").asText();
  }

  String put(String data) throws Exception {
    return put(data, "");
  }

  /** Takes jobs as this worker. */
  List<JsonNode> take(String worker, int max, int leaseSeconds) throws Exception {
    return take(
        "{\"worker\": \"%s\", \"max\": %s, \"lease_seconds\": %s}"
            .formatted(worker, max, leaseSeconds));
  }

  List<JsonNode> take(String json) throws Exception {
    Api.Answer answer = post("/dequeue", json);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<JsonNode> jobs = new ArrayList<>();
    answer.json().path("jobs").forEach(jobs::add);
    return jobs;
  }

  Api.Answer say(JsonNode job, String word, String more) throws Exception {
    return post(
        "/jobs/%s/%s".formatted(job.path("id").asText(), word),
        "{\"token\": %s%s}".formatted(job.path("token").asInt(), more));
  }

  JsonNode job(String id) throws Exception {
    return get("/jobs/" + id).json();
  }

  Api.Answer post(String path, String json) throws Exception {
    return api.post("/api/v1/queues/" + name + path, json);
  }

  Api.Answer get(String path) throws Exception {
    return api.get("/api/v1/queues/" + name + path);
  }

  Api.Answer delete(String path) throws Exception {
    return api.send("DELETE", "/api/v1/queues/" + name + path);
  }
}
