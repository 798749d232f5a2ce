package org.restream.benchmarks.session;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The checksum of a large body, where it is asked for: what a session has for each body, and a plain connection does not. */
public final class Checksum {
    /** A system property of the processes. */
    public static final String PROPERTY = "benchmarks.checksum";

    private static final boolean ON = Boolean.getBoolean(PROPERTY);

    /** Written so that nothing of it is left out as useless. */
    static volatile long last;

    private final CRC32C crc = new CRC32C();

    /** The position stays. */
    void add(ByteBuffer bytes) {
        if (ON) {
            crc.update(bytes.duplicate());
            last = crc.getValue();
        }
    }
}
