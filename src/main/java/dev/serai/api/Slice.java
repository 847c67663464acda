package dev.serai.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param rows as many as were asked for, or fewer
 * @param more whether others follow
 */
record Slice<T>(List<T> rows, boolean more) {

  /**
   * @param found one row more than the page has, if there are so many
   */
  static <T> Slice<T> of(List<T> found, int limit) {
    boolean more = found.size() > limit;
    return new Slice<>(more ? found.subList(0, limit) : found, more);
  }

  /** The cursor of the page after it, made of the last row; null on the last page. */
  <C> @Nullable C next(Function<T, C> cursor) {
    return more ? cursor.apply(rows.getLast()) : null;
  }
}
