package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.camel.Exchange;

/** Makes of a batch of events what an expression in jq can make rows of. */
public final class EventRows {

  EventRows() {}

  /**
   * Makes the body a JSON list with an object for each event: its attributes, as in the variable
   * {@code events}, and its {@code data}; text, if that is no JSON.
   */
  public void list(Exchange exchange) {
    List<?> events = exchange.getVariable("events", List.class);
    List<?> bodies = exchange.getMessage().getBody(List.class);
    if (events == null || bodies == null || events.size() != bodies.size()) {
      throw new IllegalArgumentException("This is no batch of events: there is no list of them");
    }
    ArrayNode list = WarehouseInsert.JSON.createArrayNode();
    for (int i = 0; i < bodies.size(); i++) {
      ObjectNode event = WarehouseInsert.JSON.valueToTree(events.get(i));
      event.set("data", data(bodies.get(i)));
      list.add(event);
    }
    exchange.getMessage().setBody(list);
  }

  private static JsonNode data(Object body) {
    try {
      return body instanceof String text
          ? WarehouseInsert.JSON.readTree(text)
          : WarehouseInsert.JSON.valueToTree(body);
    } catch (JsonProcessingException e) {
      return WarehouseInsert.JSON.valueToTree(body);
    }
  }
}
