/** Loads the route files, each on its own. */
@NullMarked
package dev.serai.route;

import org.jspecify.annotations.NullMarked;
