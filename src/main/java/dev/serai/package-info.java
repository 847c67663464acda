/** The program's entry: the hub, or a command line when there are arguments. */
@NullMarked
package dev.serai;

import org.jspecify.annotations.NullMarked;
