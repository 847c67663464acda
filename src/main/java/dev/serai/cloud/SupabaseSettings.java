package dev.serai.cloud;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Supabase's REST API (PostgREST), which says how rows are. The routes that sweep read the other
 * properties of this name.
 *
 * @param url of the project, such as {@code https://abcdefgh.supabase.co}: {@code /rest/v1} is
 *     below it. Without it rows are not swept
 * @param serviceKey a secret key ({@code sb_secret_...}) or the service_role key of the project; it
 *     sees all rows, whatever their policies say
 * @param page most rows that are asked for at once; a page has 16 MB at most
 * @param timeout how long one page may take, from the connection to the end of the answer
 */
@Validated
@ConfigurationProperties("serai.supabase")
record SupabaseSettings(
    @DefaultValue("") @NotNull String url,
    @DefaultValue("") @NotNull String serviceKey,
    @DefaultValue("200") @Min(1) @Max(1000) int page,
    @DefaultValue("20s") @NotNull Duration timeout) {

  SupabaseSettings {
    if (!url.matches("(https?://[^/?#@]+(/[^?#]*[^/?#])?)?")) {
      throw new IllegalArgumentException(
          "serai.supabase.url is '%s'; it must be one such as https://abcdefgh.supabase.co"
              .formatted(url));
    }
  }

  /** The record's own would tell the key. */
  @Override
  public String toString() {
    return "SupabaseSettings[%s]".formatted(url);
  }
}
