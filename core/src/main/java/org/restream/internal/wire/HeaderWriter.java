package org.restream.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Encodes a header for the wire. */
public final class HeaderWriter {
    private HeaderWriter() {}

    /**
     * Compact JSON, which contains no line feed, and the blank line.
     *
     * @param header with values in the form of {@link JsonValues}
     */
    public static byte[] bytes(Map<String, ?> header) {
        return (JsonText.write(header) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
