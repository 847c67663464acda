package dev.serai.cloud.storage;

import java.io.InputStream;

/**
 * An object that is read.
 *
 * @param object what is known of it
 * @param in its bytes; who has it closes it
 */
public record Reading(StoredObject object, InputStream in) {}
