package dev.serai.route;

import dev.serai.route.check.RouteDocument;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Puts a file's new text in the place of the old one, or leaves everything as it was. */
final class FileSwap {

  private final CamelRoutes routes;
  private final Kamelets kamelets;
  private final RoutesFolder folder;

  FileSwap(CamelContext context, RoutesFolder folder) {
    this.routes = new CamelRoutes(context);
    this.kamelets = new Kamelets(context);
    this.folder = folder;
  }

  /**
   * Makes what runs what a document says.
   *
   * @param before what the file said when it was loaded last
   * @param users files that use it
   * @throws Exception when Camel refuses; what ran runs on
   */
  void to(RouteDocument document, @Nullable RouteDocument before, List<RouteDocument> users)
      throws Exception {
    if (document.isKamelet()) {
      kamelet(document, before, users);
    } else {
      routes(document, before, users);
    }
  }

  /** Loads what runs anew, because something that it uses has changed. */
  void again(RouteDocument running) throws Exception {
    routes.replace(running.ids(), running, folder.path(running.name()));
  }

  void remove(RouteDocument gone) throws Exception {
    if (gone.isKamelet()) {
      routes.keep(kamelets.remove(gone.kamelet()).routes());
    } else {
      routes.remove(gone.ids());
      routes.removeConfigurations(gone.configurations().keySet());
    }
  }

  /** All files have been gone through. */
  void end() {
    routes.release();
  }

  private void routes(
      RouteDocument document, @Nullable RouteDocument before, List<RouteDocument> users)
      throws Exception {
    routes.trial(document, folder.path(document.name()));
    try {
      routes.replace(
          before == null ? List.of() : before.ids(), document, folder.path(document.name()));
      tryUsers(users);
    } catch (Exception e) {
      routes.remove(document.ids());
      routes.removeConfigurations(document.configurations().keySet());
      if (before != null) {
        routes.replace(List.of(), before, folder.path(before.name()));
      }
      throw e;
    }
    if (before != null) {
      Set<String> gone = new HashSet<>(before.configurations().keySet());
      gone.removeAll(document.configurations().keySet());
      routes.removeConfigurations(gone);
    }
  }

  private void kamelet(
      RouteDocument document, @Nullable RouteDocument before, List<RouteDocument> users)
      throws Exception {
    Kamelets.Removed removed = kamelets.remove(document.kamelet());
    routes.keep(removed.routes());
    try {
      kamelets.add(document, folder.path(document.name()));
      tryUsers(users);
    } catch (Exception e) {
      kamelets.restore(document.kamelet(), removed);
      throw e;
    }
    if (before != null && !before.kamelet().equals(document.kamelet())) {
      routes.keep(kamelets.remove(before.kamelet()).routes());
    }
  }

  /** They are loaded anew soon; better to know now if that fails. */
  private void tryUsers(List<RouteDocument> users) throws Exception {
    for (RouteDocument user : users) {
      if (!user.isKamelet()) {
        routes.trial(user, folder.path(user.name()));
      }
    }
  }
}
