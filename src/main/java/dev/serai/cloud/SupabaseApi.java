package dev.serai.cloud;

import java.util.Arrays;
import java.util.List;

/** Whether and what the sweep of Supabase's rows may ask. */
public final class SupabaseApi {

  private final SupabaseSettings settings;

  SupabaseApi(SupabaseSettings settings) {
    this.settings = settings;
  }

  /** Whether there is a project, and a key of it. */
  public boolean isConfigured() {
    return !settings.url().isBlank() && !settings.serviceKey().isBlank();
  }

  /**
   * The tables of a list.
   *
   * @param list {@code public.orders,public.moves}
   */
  public List<String> tables(String list) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .filter(table -> !table.isEmpty())
        .toList();
  }

  SupabaseSettings settings() {
    return settings;
  }
}
