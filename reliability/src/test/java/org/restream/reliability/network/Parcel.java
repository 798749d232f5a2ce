package org.restream.reliability.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.restream.Header;
import org.restream.testing.Pattern;
import org.restream.testing.Sight;

/** A message of 2 KiB. */
record Parcel(Header header, byte[] body) {
    static final Parcel REQUEST = of("request", 1);
    static final Parcel ANSWER = of("answer", 2);

    private static final int LENGTH = 2_048;

    private static Parcel of(String name, int seed) {
        Header header = Header.of("this is", name, "number", seed);
        return new Parcel(header, Pattern.bytes(seed, LENGTH - headerLength(header)));
    }

    /** The header's length in bytes without TLS, with the blank line. */
    int headerLength() {
        return headerLength(header);
    }

    private static int headerLength(Header header) {
        return header.toString().getBytes(UTF_8).length + 2;
    }

    int length() {
        return headerLength() + body.length;
    }

    boolean isWholeIn(Sight sight) {
        return "end".equals(sight.ending()) && header.equals(sight.header()) && Arrays.equals(body, sight.data());
    }

    /** Whether what was seen is a prefix of this message. */
    boolean isBeginOf(Sight sight) {
        byte[] data = sight.data();
        return (sight.header() == null || header.equals(sight.header()))
                && data.length <= body.length
                && Arrays.equals(data, Arrays.copyOf(body, data.length));
    }
}
