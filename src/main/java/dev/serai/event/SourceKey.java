package dev.serai.event;

/** What an event is known by: its dedupe key within its source. */
record SourceKey(String source, String key) {}
