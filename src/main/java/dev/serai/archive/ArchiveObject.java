package dev.serai.archive;

/**
 * An object of the archive that is to be put: events of one source and one day (UTC), a line each,
 * in the order of their ids, packed. The same events have the same name and the same bytes.
 */
public record ArchiveObject(String name, byte[] bytes) {}
