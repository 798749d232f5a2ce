package org.restream.internal.session.carrier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.restream.internal.link.Link;
import org.restream.internal.session.wire.Hello;
import org.restream.internal.session.wire.HelloReader;

/** The first line each way on a session's connection. */
public final class FirstLine {
    private FirstLine() {}

    /**
     * Waits for the peer's.
     *
     * @param in what came already; afterwards what came behind the line
     * @return null where the peer ended before it
     * @throws org.restream.internal.session.wire.ProtocolException it is none
     */
    public static @Nullable Hello read(Link link, ByteBuffer in) throws IOException {
        HelloReader reader = new HelloReader();
        while (true) {
            Hello hello = reader.take(in);
            if (hello != null) {
                return hello;
            }
            in.clear();
            int count = link.read(in);
            in.flip();
            if (count < 0) {
                return null;
            }
        }
    }

    /** Says ours. */
    public static void write(Link link, Hello hello) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(hello.toLine().getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            link.write(line);
        }
    }
}
