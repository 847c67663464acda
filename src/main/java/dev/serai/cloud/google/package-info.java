/** What all of Google's services need: who we are there, where they are, and whether they work. */
@NullMarked
package dev.serai.cloud.google;

import org.jspecify.annotations.NullMarked;
