package dev.serai.webhook;

import java.time.Duration;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** Which senders wait for an answer of the route's, and what they get when there is none. */
@UriParams
public abstract sealed class DecisionOptions extends OidcOptions permits MappingOptions {

  @UriParam(
      label = "decision",
      javaType = "java.time.Duration",
      description =
          "How long the route may take to decide. Its body is then the answer, a JSON object, and"
              + " the request is appended together with it. If empty the route appends, and the"
              + " sender is told that.")
  @Nullable Duration decide;

  @UriParam(
      label = "decision",
      description =
          "Answer when the route fails, is late or answers something else: a JSON object, in which"
              + " {/pointer} stands for a value of the request. Its members, or 'error', must be"
              + " in the route's answer. Required with decide.")
  String safeAnswer = "";

  /** Whether the sender waits for a decision. */
  boolean decides() {
    return decide != null;
  }

  public void setDecide(Duration decide) {
    this.decide = decide;
  }

  public void setSafeAnswer(String safeAnswer) {
    this.safeAnswer = safeAnswer;
  }
}
