/** Beans behind the Kamelet secret-get: where secrets of the outside world are looked up. */
@NullMarked
package dev.serai.cloud.secret;

import org.jspecify.annotations.NullMarked;
