package org.restream.internal.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import org.jspecify.annotations.Nullable;

/**
 * Tells EPIPE from other errors of a write. On Linux the first write after a reset fails with EPIPE where the peer's FIN came
 * before its reset, so that its message ended cleanly, and with ECONNRESET where it did not (tcp_reset in the kernel's
 * tcp_input.c). The JDK hands on no error number, only the system's text for it, in the user's language.
 */
final class BrokenPipe {
    private BrokenPipe() {}

    static boolean is(IOException error) {
        String text = Text.OF_THIS_SYSTEM;
        return text != null && text.equals(error.getMessage());
    }

    /** Read once, and only when a write has failed. */
    private static final class Text {
        static final @Nullable String OF_THIS_SYSTEM = ask();

        private static @Nullable String ask() {
            try {
                Pipe pipe = Pipe.open();
                try (Pipe.SinkChannel sink = pipe.sink()) {
                    pipe.source().close();
                    sink.write(ByteBuffer.allocate(1));
                    return null;
                }
            } catch (IOException e) {
                return e.getMessage();
            }
        }
    }
}
