package dev.serai.route;

/** What is loaded after what: routes name policies and use Kamelets. */
enum Order {
  KAMELETS,
  POLICIES,
  ROUTES,
  OTHER;

  static Order of(String name) {
    if (RoutesFolder.isKamelet(name)) {
      return KAMELETS;
    }
    if (RoutesFolder.isRoutes(name)) {
      return name.startsWith("policies/") ? POLICIES : ROUTES;
    }
    return OTHER;
  }
}
