package dev.serai.cloud.topic;

import dev.serai.TestHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The routes of the examples that bridge, with a topic and a type of events of their own. */
abstract class Bridges {

  private static final String ROW =
      """
      select id, source, type, key, coalesce(subject, '') as subject, workspace, time, content_type,
        convert_from(body, 'UTF8') as body, verified_by, causation_id, hops
      from serai.event where type = :type order by id
      """;

  final String topic = TopicContract.name();
  final String type = "bridged." + UUID.randomUUID();

  TestHub.Routes out(TestHub hub) throws Exception {
    PubsubFake.shared().topic(topic);
    return hub.routes(example("bridge-to-topic", "sink-bridge-to-topic"));
  }

  TestHub.Routes in(TestHub hub, String subscription) throws Exception {
    PubsubFake.shared().topic(topic);
    PubsubFake.shared().subscribe(topic, subscription);
    return hub.routes(
        example("bridge-from-topic", "handler-bridge-from-topic")
            .replace("{{serai.bridge.subscription}}", subscription));
  }

  private String example(String file, String route) throws Exception {
    return Files.readString(Path.of("docs", "examples", file + ".camel.yaml"))
        .replace(route, route + "-" + type)
        .replace("{{serai.bridge.types}}", type)
        .replace("{{serai.bridge.topic}}", topic)
        .replace("types: ", "maxBackoff: 2s\n        types: ")
        .replace("routeConfigurationId: handler-policy", "errorHandler: {noErrorHandler: {}}");
  }

  List<Map<String, Object>> rows(TestHub hub) {
    return hub.database().sql(ROW).param("type", type).query().listOfRows();
  }
}
