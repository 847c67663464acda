/** The command line: a client of the API, and tools that need no hub. */
@NullMarked
package dev.serai.cli;

import org.jspecify.annotations.NullMarked;
