package org.restream.files;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.restream.Header;

/**
 * What an upload became: the body of the server's answer.
 *
 * @param name the name that the file has on the server
 * @param size its bytes
 * @param sha256 their SHA-256, 64 lower-case hexadecimal digits
 */
public record UploadResult(String name, long size, String sha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * Checks it.
     *
     * @param name the name that the file has on the server
     * @param size its bytes
     * @param sha256 their SHA-256, 64 lower-case hexadecimal digits
     * @throws IllegalArgumentException if the size is negative, or the digest is none
     */
    public UploadResult {
        if (size < 0) {
            throw new IllegalArgumentException("size must be 0 or more, not " + size);
        }
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 must be 64 hexadecimal digits, not " + sha256);
        }
    }

    /** From a JSON object; empty where that is none. */
    static Optional<UploadResult> from(Map<?, ?> fields) {
        if (fields.get("name") instanceof String name
                && fields.get("size") instanceof Long size
                && size >= 0
                && fields.get("sha256") instanceof String sha256
                && SHA256.matcher(sha256).matches()) {
            return Optional.of(new UploadResult(name, size, sha256));
        }
        return Optional.empty();
    }

    /**
     * As it stands in the answer.
     *
     * @return the object's fields
     */
    public Header toHeader() {
        return Header.of("name", name, "size", size, "sha256", sha256);
    }
}
