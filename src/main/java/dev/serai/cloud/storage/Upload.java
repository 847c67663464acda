package dev.serai.cloud.storage;

import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object that is to be stored.
 *
 * @param name its name
 * @param in its bytes
 * @param limit the most bytes that it may have
 * @param crc32c what its bytes must add up to, as {@link StoredObject#crc32c}; null for anything
 * @param overwrite whether one that is there is replaced
 * @param contentType its media type
 * @param contentEncoding how its bytes are packed; null for not at all
 * @param cacheControl how long who fetches it may keep it; null if nothing is said
 * @param metadata what its author says of it
 */
public record Upload(
    String name,
    InputStream in,
    long limit,
    @Nullable String crc32c,
    boolean overwrite,
    String contentType,
    @Nullable String contentEncoding,
    @Nullable String cacheControl,
    Map<String, String> metadata) {}
