package dev.serai.route;

/** Texts of route files, as an author would write them. */
final class Texts {

  private Texts() {}

  /** A route that answers with a text. */
  static String door(String id, String answer) {
    return door(id, id, answer);
  }

  static String door(String id, String address, String answer) {
    return """
    # Answers whoever asks.
    - route:
        id: %1$s
        description: Answers with a text
        group: handlers
        routeConfigurationId: handler-policy
        from:
          id: %1$s-in
          description: Whoever asks
          uri: direct:%2$s
          steps:
            - to:
                id: %1$s-log
                uri: log
                description: Leave a trace
                parameters:
                  loggerName: doors
                  level: "OFF"
            - setBody:
                id: %1$s-say
                description: What to answer
                expression:
                  constant:
                    expression: %3$s
    """
        .formatted(id, address, answer);
  }

  /** A door whose answer a Kamelet completes. */
  static String stampedDoor(String id, String answer) {
    return door(id, answer)
        + """
                - to:
                    id: %s-stamp
                    description: Complete it
                    uri: kamelet:stamp
        """
            .formatted(id);
  }

  static String stamp(String text) {
    return """
    # Completes what a door says.
    apiVersion: camel.apache.org/v1
    kind: Kamelet
    metadata:
      name: stamp
    spec:
      definition:
        title: Stamp
        description: Completes a text
        type: object
      template:
        from:
          id: stamp-in
          description: A text
          uri: kamelet:source
          steps:
            - setBody:
                id: stamp-say
                description: Complete it
                expression:
                  simple:
                    expression: "${body} %s"
    """
        .formatted(text);
  }

  static String webhook(String description) {
    return """
    # What the test posts.
    - route:
        id: webhook-stripe
        description: %s
        group: webhooks
        routeConfigurationId: webhook-policy
        from:
          id: webhook-stripe-in
          description: POST /webhooks/stripe
          uri: inbound
          parameters:
            source: stripe
            scheme: stripe-v1
            type: /type
            key: /id
            mode: any
          steps:
            - to:
                id: webhook-stripe-append
                description: Append to the event log
                uri: event
    """
        .formatted(description);
  }

  /** A route that hands the messages of a topic to the processor {@code taker}. */
  static String taker(String description, String topic) {
    return """
    # What the test publishes.
    - route:
        id: taker
        description: %s
        group: handlers
        routeConfigurationId: handler-policy
        from:
          id: taker-in
          description: Messages
          uri: kamelet:topic-source
          parameters:
            topic: %s
            subscription: taker-of-messages
          steps:
            - process:
                id: taker-code
                description: Code of the test
                ref: taker
    """
        .formatted(description, topic);
  }
}
