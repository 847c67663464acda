package dev.serai.cloud.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What do routes rely on when they ask for secrets, on every cloud? */
abstract class SecretContract {

  abstract TestHub hub();

  /** Makes another version, which is the latest then; returns its number. */
  abstract String add(String name, String value) throws Exception;

  /** Where errors say that a secret was looked for. */
  abstract String place(String name);

  static String name() {
    return "test-" + UUID.randomUUID();
  }

  @Test
  void theLatestVersionIsPutIntoTheBodyAndNothingElseChanges() throws Exception {
    String name = name();
    add(name, "na\u00efve secret");
    Exchange asked = ask(name, "");
    assertThat(asked.getMessage().getBody()).isEqualTo("na\u00efve secret");
    assertThat(asked.getMessage().getHeaders()).isEmpty();
    assertThat(asked.getVariables()).isNullOrEmpty();
    assertThat(asked.getProperties().values().toString()).doesNotContain("secret");
  }

  @Test
  void itIsPutIntoAVariableAndTheBodyStays() throws Exception {
    String name = name();
    add(name, "value");
    Exchange asked = ask(name, "variable: partnerKey");
    assertThat(asked.getVariable("partnerKey")).isEqualTo("value");
    assertThat(asked.getMessage().getBody()).isEqualTo("mine");
  }

  @Test
  void aVersionIsFoundByItsNumberAlsoWhenThereIsALaterOne() throws Exception {
    String name = name();
    String first = add(name, "first");
    String second = add(name, "second");
    assertThat(ask(name, "version: '%s'".formatted(first)).getMessage().getBody())
        .isEqualTo("first");
    assertThat(ask(name, "version: '%s'".formatted(second)).getMessage().getBody())
        .isEqualTo("second");
    assertThat(ask(name, "").getMessage().getBody()).isEqualTo("second");
  }

  @Test
  void aNewVersionIsSeenOnceTheOldOneHasCountedLongEnough() throws Exception {
    String name = name();
    add(name, "first");
    try (SecretRoute keeps = new SecretRoute(hub(), "name: %s, refresh: 1h".formatted(name));
        SecretRoute asks = new SecretRoute(hub(), "name: %s, refresh: 0s".formatted(name))) {
      assertThat(keeps.ask().getMessage().getBody()).isEqualTo("first");
      assertThat(asks.ask().getMessage().getBody()).isEqualTo("first");
      add(name, "second");
      assertThat(keeps.ask().getMessage().getBody()).isEqualTo("first");
      assertThat(asks.ask().getMessage().getBody()).isEqualTo("second");
    }
  }

  @Test
  void whatIsNotThereIsNamedWithItsPlaceAndFoundOnceItIs() throws Exception {
    String name = name();
    try (SecretRoute route = new SecretRoute(hub(), "name: " + name)) {
      assertThat(route.ask().getException())
          .isInstanceOf(SecretException.class)
          .hasMessageContaining("no secret '%s', version latest".formatted(name))
          .hasMessageContaining(place(name));
      add(name, "value");
      assertThat(route.ask().getMessage().getBody()).isEqualTo("value");
      assertThat(ask(name, "version: '77'").getException()).hasMessageContaining("version 77");
    }
  }

  @Test
  void whatIsOptionalMayMiss() throws Exception {
    Exchange asked = ask(name(), "optional: true");
    assertThat(asked.getException()).isNull();
    assertThat(asked.getMessage().getBody()).isNull();
  }

  Exchange ask(String name, String options) throws Exception {
    try (SecretRoute route = new SecretRoute(hub(), "name: %s, %s".formatted(name, options))) {
      return route.ask();
    }
  }
}
