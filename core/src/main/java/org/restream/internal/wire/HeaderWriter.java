package org.restream.internal.wire;

import java.nio.charset.StandardCharsets;
import org.restream.Header;

/** A header's bytes on the wire. */
public final class HeaderWriter {
    private HeaderWriter() {}

    /** Compact JSON, which has no line feed in it, and the blank line. */
    public static byte[] bytes(Header header) {
        return (header + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
