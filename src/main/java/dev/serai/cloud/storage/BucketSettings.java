package dev.serai.cloud.storage;

import jakarta.validation.constraints.NotNull;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the buckets are called outside: with serai.cloud=local folders below objects/ of the data
 * directory; see storage.md.
 *
 * @param evidence what proves something later
 * @param exports files that people and other programs fetch
 * @param assets files that belong to contents
 * @param archive webhooks as they came
 * @param backups copies of the database and of Redis
 */
@Validated
@ConfigurationProperties("serai.buckets")
record BucketSettings(
    @DefaultValue("evidence") @NotNull String evidence,
    @DefaultValue("exports") @NotNull String exports,
    @DefaultValue("assets") @NotNull String assets,
    @DefaultValue("archive") @NotNull String archive,
    @DefaultValue("backups") @NotNull String backups) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]");

  BucketSettings {
    Map<String, String> taken = new TreeMap<>();
    byName(evidence, exports, assets, archive, backups)
        .forEach(
            (bucket, name) -> {
              String property = "serai.buckets.%s is '%s'; ".formatted(bucket, name);
              if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                    property + "it must be 3 to 63 small letters, digits, '-', '_' or '.'");
              }
              String other = taken.put(name, bucket);
              if (other != null) {
                throw new IllegalArgumentException(
                    property
                        + "serai.buckets.%s has that, and each needs its own".formatted(other));
              }
            });
  }

  /** By the names that routes use. */
  Map<String, String> byName() {
    return byName(evidence, exports, assets, archive, backups);
  }

  private static Map<String, String> byName(
      String evidence, String exports, String assets, String archive, String backups) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("evidence", evidence);
    names.put("exports", exports);
    names.put("assets", assets);
    names.put("archive", archive);
    names.put("backups", backups);
    return names;
  }
}
