package dev.serai.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Can two names make one key? */
class KeysTest {

  private final Keys keys = new Keys("serai:");

  @Test
  void namesStayApart() {
    assertThat(keys.cache("a:b", "c")).isNotEqualTo(keys.cache("a", "b:c"));
    assertThat(keys.cache("a%3Ab", "c")).isNotEqualTo(keys.cache("a:b", "c"));
  }

  @Test
  void keysLookAsDocumented() {
    assertThat(keys.usage("acme", "2026-11")).isEqualTo("serai:usage:acme:2026-11");
    assertThat(keys.rate("10.0.0.1", "webhooks:stripe"))
        .isEqualTo("serai:rate:10.0.0.1:webhooks:stripe");
  }
}
