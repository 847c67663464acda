/** Says what is wrong in route files, with the line, and what would be right. */
@NullMarked
package dev.serai.route.check;

import org.jspecify.annotations.NullMarked;
