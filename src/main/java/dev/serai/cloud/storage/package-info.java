/** Objects in buckets, kept in folders: what the local Kamelets of storage are made of. */
@NullMarked
package dev.serai.cloud.storage;

import org.jspecify.annotations.NullMarked;
