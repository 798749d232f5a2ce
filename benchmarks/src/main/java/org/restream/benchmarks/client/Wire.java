package org.restream.benchmarks.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.restream.benchmarks.peer.Bodies;

/** The bytes of the exchange, the same as in {@code common.h}. */
final class Wire {
    static final byte[] BODY = Arrays.copyOf(Bodies.pattern(), 64);
    static final byte[] REQUEST = message("{\"bench\":1}\n\n");
    static final byte[] ANSWER = message("{\"ok\":true}\n\n");

    private Wire() {}

    private static byte[] message(String header) {
        byte[] start = header.getBytes(StandardCharsets.UTF_8);
        byte[] message = Arrays.copyOf(start, start.length + BODY.length);
        System.arraycopy(BODY, 0, message, start.length, BODY.length);
        return message;
    }

    /** Ends the process, and so the measurement, if the bytes are not as expected. */
    static void check(byte[] expected, byte[] came) {
        if (!Arrays.equals(expected, came)) {
            fail(new IllegalStateException("a wrong answer of " + came.length + " bytes"));
        }
    }

    static void fail(Throwable failure) {
        failure.printStackTrace();
        Runtime.getRuntime().halt(1);
    }
}
