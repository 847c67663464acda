package dev.serai.job;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Gives a route the run that it handles as variable {@code job}. */
record RunProcessor(Processor route) implements Processor {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  @Override
  public void process(Exchange exchange) throws Exception {
    exchange.setVariable("job", JSON.readValue(exchange.getMessage().getBody(String.class), MAP));
    route.process(exchange);
  }
}
