package dev.serai.limit;

import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much subjects may ask of what, for {@code rate-limits/check} and the bean {@code rateLimits}.
 *
 * @param tiers rules of each tier by its name, as in {@code SERAI_LIMITS_TIERS_FREE}: {@code
 *     <endpoint>=<limit>/<window>}, separated by commas, such as {@code chat.*=20/1m, *=1000/1h}. A
 *     star stands for any text, the first rule that matches counts, and what matches a rule shares
 *     its limit. A limit is 1 to 100000, a window 1ms to 31d. Without any there is the tier {@code
 *     default} with {@code *=600/1m}
 * @param defaultTier the tier of subjects that have none
 * @param subjects tiers of subjects, separated by commas: {@code acme=pro, initech=free}
 */
@Validated
@ConfigurationProperties("serai.limits")
record LimitSettings(
    @DefaultValue Map<String, String> tiers,
    @DefaultValue("default") @NotBlank String defaultTier,
    @DefaultValue List<String> subjects) {

  LimitSettings {
    tiers = tiers.isEmpty() ? Map.of("default", "*=600/1m") : Map.copyOf(tiers);
    Tiers.of(tiers, defaultTier, subjects);
  }
}
