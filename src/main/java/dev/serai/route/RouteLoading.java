package dev.serai.route;

import dev.serai.route.check.Finding;
import dev.serai.route.check.InvalidYamlException;
import dev.serai.route.check.RouteCheck;
import dev.serai.route.check.RouteDocument;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes routes of files, one file after the other, so that none can take another one's down. */
final class RouteLoading {

  private static final Logger log = LoggerFactory.getLogger(RouteLoading.class);

  private final CamelContext context;
  private final FileSwap swap;
  private final RouteCheck check;
  private final Clock clock;
  private final Map<String, RouteFile> files = new TreeMap<>();
  private Map<String, String> texts = Map.of();

  RouteLoading(RoutesFolder folder, CamelContext context, RouteCheck check, Clock clock) {
    this.context = context;
    this.swap = new FileSwap(context, folder);
    this.check = check;
    this.clock = clock;
  }

  /** Makes one for a Camel context. */
  interface Factory {
    RouteLoading create(CamelContext context);
  }

  Map<String, RouteFile> files() {
    return Map.copyOf(files);
  }

  /** Loads what is new, and what failed before: the reason may be gone with another file. */
  void update(Map<String, String> newest) {
    Changes changes = Changes.between(texts, newest);
    if (changes.isEmpty()) {
      return;
    }
    texts = Map.copyOf(newest);
    Set<String> users = new TreeSet<>(changes.users(running()));
    changes.gone().forEach(this::remove);
    Set<String> again = new TreeSet<>(failed());
    // What others use comes first.
    for (Order order : List.of(Order.KAMELETS, Order.POLICIES, Order.ROUTES)) {
      Set<String> all = new TreeSet<>(changes.written());
      all.addAll(again);
      all.addAll(users);
      all.stream()
          .filter(name -> Order.of(name) == order && newest.containsKey(name))
          .forEach(
              name -> {
                users.addAll(load(name, text(name)));
                if (users.contains(name)) {
                  renew(name);
                }
              });
    }
    failed().forEach(name -> load(name, text(name)));
    swap.end();
  }

  private List<String> failed() {
    return files.entrySet().stream()
        .filter(entry -> !entry.getValue().problems().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  private String text(String name) {
    return Objects.requireNonNull(texts.get(name));
  }

  /** What a file uses has changed: if its newest text can't be loaded, the last good one is. */
  private void renew(String name) {
    RouteFile file = Objects.requireNonNull(files.get(name));
    RouteDocument running = file.running();
    if (!file.problems().isEmpty() && running != null && !running.isKamelet()) {
      try {
        swap.again(running);
      } catch (Exception e) {
        log.error("The last good text of {} could not be loaded anew", name, e);
      }
    }
  }

  private List<RouteDocument> running() {
    return files.values().stream()
        .map(RouteFile::running)
        .filter(Objects::nonNull)
        .map(document -> (RouteDocument) document)
        .toList();
  }

  private List<RouteDocument> users(@Nullable RouteDocument before, RouteDocument now) {
    return Uses.of(running(), before, now);
  }

  /** Loads a file; returns the files that are to be loaded after it, because they use it. */
  private Collection<String> load(String name, String text) {
    RouteFile file = files.computeIfAbsent(name, unknown -> new RouteFile());
    RouteDocument before = file.running();
    try {
      RouteDocument document = RouteDocument.parse(name, text);
      List<Finding> refusals = refusals(document);
      if (!refusals.isEmpty()) {
        fail(name, file, refusals);
        return List.of();
      }
      List<RouteDocument> users = users(before, document);
      try {
        swap.to(document, before, users);
      } catch (Exception e) {
        log.debug("{} is not loaded", name, e);
        List<Finding> findings = check.errors(document, running());
        fail(name, file, findings.isEmpty() ? List.of(ErrorPlace.of(document, e)) : findings);
        return List.of();
      }
      file.runs(document, clock.instant());
      log.info("{} is loaded: {}", name, file.ids());
      return users.stream().map(RouteDocument::name).toList();
    } catch (InvalidYamlException e) {
      fail(name, file, List.of(e.finding()));
      return List.of();
    }
  }

  private List<Finding> refusals(RouteDocument document) {
    Ownership ownership = new Ownership(this::resolved);
    running().stream()
        .filter(other -> !other.name().equals(document.name()))
        .forEach(ownership::own);
    List<Finding> refusals = new ArrayList<>(check.shape(document));
    refusals.addAll(ownership.conflicts(document));
    return refusals;
  }

  private String resolved(String text) {
    try {
      return context.resolvePropertyPlaceholders(text);
    } catch (IllegalArgumentException unknown) {
      return text; // The trial says so.
    }
  }

  private void remove(String name) {
    RouteFile file = files.remove(name);
    RouteDocument gone = file == null ? null : file.running();
    if (gone == null) {
      return;
    }
    try {
      swap.remove(gone);
      log.info("{} is gone, and with it {}", name, gone.ids());
    } catch (Exception e) {
      log.error("The routes of {}, which is gone, could not be stopped", name, e);
    }
  }

  private void fail(String name, RouteFile file, List<Finding> findings) {
    List<RouteProblem> problems =
        findings.stream().map(finding -> RouteProblem.of(finding, clock.instant())).toList();
    String rest =
        file.running() == null ? "None of its routes run." : "Its last good text runs on.";
    for (RouteProblem problem : file.fails(problems)) {
      String end = problem.toString().endsWith("?") ? "" : ".";
      log.error("Not loaded: {}{} {}", problem, end, rest);
    }
  }
}
