package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings of the API make no sense? */
class ApiSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "console.example.com",
        "https://console.example.com/",
        "https://console.example.com/app",
        "https://me@console.example.com",
        "ftp://console.example.com",
        "https://*.example.com",
        "null",
        " ",
      })
  void anOriginIsASchemeAHostAndAPort(String origin) {
    assertThatThrownBy(() -> settings(10, 10, origin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SERAI_API_CORS_ORIGINS")
        .hasMessageContaining("'" + origin + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://a.example", "http://localhost:3000", "https://[::1]:8443"})
  void suchAsThese(String origin) {
    assertThat(settings(10, 10, origin).corsOrigins()).containsExactly(origin);
  }

  @Test
  void aRateNeedsABurst() {
    assertThatThrownBy(() -> settings(10, 0, "https://a.example"))
        .hasMessageContaining("SERAI_API_BURST");
    assertThat(settings(0, 0, "https://a.example").rate()).isZero();
  }

  @Test
  void theyShowNoKey() {
    assertThat(settings(1, 1, "https://a.example").toString()).doesNotContain("sk_secret");
  }

  private static ApiSettings settings(int rate, int burst, String origin) {
    return new ApiSettings("sk_secret_of_a_test", rate, burst, 1, List.of(origin), List.of());
  }
}
