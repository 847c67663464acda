/** The HTTP surface: the API, health, metrics, and who may use them. */
@NullMarked
package dev.serai.api;

import org.jspecify.annotations.NullMarked;
