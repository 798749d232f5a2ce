package org.restream.internal.wire;

import java.nio.charset.StandardCharsets;
import org.restream.Header;

/** Encodes a header for the wire. */
public final class HeaderWriter {
    private HeaderWriter() {}

    /** Compact JSON, which contains no line feed, and the blank line. */
    public static byte[] bytes(Header header) {
        return (header + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
