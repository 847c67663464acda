/** Beans behind the Kamelets: what a route can't say in YAML about the world outside. */
@NullMarked
package dev.serai.cloud;

import org.jspecify.annotations.NullMarked;
