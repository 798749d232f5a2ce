package org.restream.benchmarks.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.restream.benchmarks.peer.Bodies;

/** The bytes of the exchange, the same as in {@code common.h}. */
final class Wire {
    static final byte[] BODY = Arrays.copyOf(Bodies.pattern(), 64);
    static final byte[] REQUEST = message("{\"bench\":1}\n\n");
    static final byte[] ANSWER = message("{\"ok\":true}\n\n");

    /** As many as the C client has source addresses. */
    private static final int HOSTS = 64;

    private static final AtomicInteger NEXT = new AtomicInteger();

    private Wire() {}

    /**
     * An address of this machine, where every server listens, a different one each time: connections to a single one soon use
     * up all ports, and the kernel's search for a free one would be what is measured.
     */
    static String host() {
        return "127.0.0." + (1 + NEXT.getAndIncrement() % HOSTS);
    }

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
