package dev.serai.inbox;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Bridges between the event log and topics; see topics.md.
 *
 * @param name of this hub among those that bridge to the same topics, small letters, digits and -.
 *     All instances of a hub have the same, other hubs another. Bridges need it
 */
@Validated
@ConfigurationProperties("serai.bridge")
public record BridgeSettings(@DefaultValue("") @NotNull String name) {

  public BridgeSettings {
    if (!name.matches("[a-z0-9-]{0,40}")) {
      throw new IllegalArgumentException(
          "serai.bridge.name is '%s'; it must be at most 40 small letters, digits and -"
              .formatted(name));
    }
  }

  String required() {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "serai.bridge.name (SERAI_BRIDGE_NAME) is not set; a bridge needs the hub's name to know"
              + " its own events when they come back");
    }
    return name;
  }
}
