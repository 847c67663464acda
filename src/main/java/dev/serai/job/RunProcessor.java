package dev.serai.job;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.event.Claimed;
import dev.serai.event.EventIds;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Gives a route the run that it handles as variable {@code job}. */
record RunProcessor(Processor route, String name, Definition definition, LateStarts late)
    implements Processor {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  @Override
  public void process(Exchange exchange) throws Exception {
    Claimed run =
        Objects.requireNonNull(exchange.getProperty(Claimed.PROPERTY, Claimed.class), "a run");
    Map<String, Object> job = JSON.readValue(exchange.getMessage().getBody(String.class), MAP);
    job.put("trace", EventIds.traceId(run.event().id(), null));
    job.put("attempt", run.attempt());
    exchange.setVariable("job", job);
    if (run.attempt() == 1 && job.get("kind") instanceof String kind) {
      late.begins(name, definition, kind, Instant.parse(String.valueOf(job.get("slot"))));
    }
    route.process(exchange);
  }
}
