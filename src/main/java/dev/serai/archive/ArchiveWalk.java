package dev.serai.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A walk through the objects of the archive, in the order of their names: what one run of a job
 * looks at, and what it has found. The route {@code archive-walk} lists, gets and puts objects.
 */
public abstract class ArchiveWalk {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_NAMED = 20;

  private final String prefix;
  private final List<String> damaged = new ArrayList<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Queue<String> names = new ArrayDeque<>();
  private String after = "";
  private boolean more = true;
  private long damages;
  private @Nullable ArchiveObject replacement;
  private boolean changed;
  private @Nullable String news;

  ArchiveWalk(String prefix, String... counted) {
    this.prefix = prefix;
    count("objects", 0);
    for (String name : counted) {
      count(name, 0);
    }
  }

  /** What the names of its objects begin with. */
  public final String getPrefix() {
    return prefix;
  }

  /** Behind which name the next page begins. */
  public final String getAfter() {
    return after;
  }

  /** Whether there is a next page. */
  public final boolean isMore() {
    return more;
  }

  /**
   * Keeps the names of a page that are to be read.
   *
   * @param page as the Kamelet {@code object-list} leaves it
   */
  public final void page(Map<String, ?> page) {
    more = Boolean.TRUE.equals(page.get("more"));
    after = String.valueOf(page.get("next"));
    for (Object object : (List<?>) Objects.requireNonNull(page.get("objects"), "objects")) {
      Map<?, ?> known = (Map<?, ?>) object;
      String name = String.valueOf(known.get("name"));
      if (wants(name, Long.parseLong(String.valueOf(known.get("size"))))) {
        names.add(name);
      }
    }
  }

  /** Whether a name of the page is left. */
  public final boolean isLeft() {
    return !names.isEmpty();
  }

  /** The next name. */
  public final String next() {
    return names.remove();
  }

  /** Whether it must be read; some walks know enough by its name. */
  abstract boolean wants(String name, long size);

  /**
   * Looks at an object. What is damaged is noted, and the walk goes on.
   *
   * @throws SQLException when the database can't be reached; the run is repeated
   */
  public final void take(String name, InputStream packed) throws SQLException {
    replacement = null;
    changed = false;
    count("objects", 1);
    try (packed) {
      look(name, packed);
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      damaged(name, "can't be read to its end: " + why);
    }
  }

  abstract void look(String name, InputStream in) throws IOException, SQLException;

  /** Notes an object, or a part of one, that is not what was written. */
  public void damaged(String name, String how) {
    damages++;
    replacement = null;
    changed = false;
    news = "%s %s".formatted(name, how);
    if (damaged.size() < MOST_NAMED) {
      damaged.add(news);
    }
  }

  /** What there is to put into the log of the run since the last time; null for nothing. */
  public final @Nullable String news() {
    String last = news;
    news = null;
    return last;
  }

  final void count(String what, long more) {
    counts.merge(what, more, Long::sum);
  }

  /** The object just read is to go, and this one to stand in its place; null for none. */
  final void replace(@Nullable ArchiveObject by) {
    changed = true;
    replacement = by;
  }

  /** Whether the object just read is to go. */
  public final boolean isChanged() {
    return changed;
  }

  /** What is to be put before it goes; null for nothing. */
  public final @Nullable ArchiveObject getReplacement() {
    return replacement;
  }

  /** What there is to put into the log of the run at its end. */
  public List<String> lines() {
    return List.of();
  }

  /** What it has come to, as JSON. */
  public final String result() {
    Map<String, Object> result = new LinkedHashMap<>(counts);
    result.put("damaged", damages);
    if (!damaged.isEmpty()) {
      result.put("damages", damaged);
    }
    try {
      return JSON.writeValueAsString(result);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Numbers can't be written as JSON", e);
    }
  }

  @Override
  public final String toString() {
    List<String> parts = new ArrayList<>();
    counts.forEach((what, number) -> parts.add("%s %s".formatted(number, what.replace('_', ' '))));
    if (damages > 0) {
      parts.add("%s damaged".formatted(damages));
    }
    return String.join(", ", parts);
  }
}
